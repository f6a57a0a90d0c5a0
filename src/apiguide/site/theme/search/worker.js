"use strict";
// Messages: Material's dialog sends what is typed, and gets items. Runs in a worker, or in a page that makes a session itself.
// A page that is only read fetches this file alone: the engine, which is all others, comes with the index.

const MESSAGE = { setup: 0, ready: 1, query: 2, result: 3 };
const SHOWN_AT_ONCE = 10; // groups that the dialog draws before anybody scrolls
const MOST_ELSEWHERE = 6;

/** One dialog's search: takes its messages, fetches the index when something is typed, sends answers. */
class SearchSession {
  #config = {};
  #index = null;
  #vocabulary = null;
  #hasEngine = false;
  #hasTexts = false;
  #loading = new Map(); // part of the index → promise
  #wanted = ""; // what was typed last
  #shown = null; // the first groups that were sent for it

  /** `send` takes the answers; `fetchFile` gives a file of the index by its name, parsed; `runFile` runs the engine's. */
  constructor(send, fetchFile, runFile) {
    this.send = send;
    this.fetchFile = fetchFile;
    this.runFile = runFile;
  }

  /** Takes a message of the dialog; gives a promise that all answers to it have been sent. */
  receive({ type, data }) {
    if (type === MESSAGE.setup) {
      this.#config = data?.config ?? {};
      this.send({ type: MESSAGE.ready });
    }
    return type === MESSAGE.query ? this.#ask(String(data ?? "")) : Promise.resolve();
  }

  /** Answers from the core first, again when the texts are there, and once more with what only other releases have. */
  async #ask(typed) {
    this.#wanted = typed;
    this.#shown = null;
    if (!typed.trim()) return this.#sendGroups([]);
    const texts = this.#load("texts", (file) => this.#useTexts(file));
    try {
      await this.#load("core", (file) => this.#useCore(file));
    } catch (error) {
      if (typed === this.#wanted) this.#sendGroups(failureItems(error));
      return;
    }
    if (typed !== this.#wanted) return;
    let result = search(this.#index, this.#vocabulary, typed);
    if (this.#hasTexts || result.hits.length) this.#sendResult(result);
    if (!this.#hasTexts) result = await this.#answerWithTexts(typed, texts);
    if (result && !result.isExact && this.#config.elsewhere) await this.#addElsewhere(typed, result);
  }

  /** Gives the result, unless something else has been typed or nothing can be told. */
  async #answerWithTexts(typed, texts) {
    const error = await texts.then(() => null, (reason) => reason);
    if (typed !== this.#wanted) return null;
    const result = search(this.#index, this.#vocabulary, typed);
    if (error && !result.hits.length) this.#sendGroups(failureItems(error));
    else this.#sendResult(result);
    return result;
  }

  /** Adds names and paths that this release lacks, where it has nothing that fits as a whole. */
  async #addElsewhere(typed, result) {
    try {
      await this.#load("elsewhere", (file) => (this.#index.elsewhere = decodeElsewhere(file)));
    } catch {
      return; // without it, the answer stands
    }
    const found = searchElsewhere(this.#index.elsewhere, result);
    if (typed === this.#wanted && (found.pages.length || found.terms.length)) this.#sendResult(result, found);
  }

  /** A part of the index, made ready by `use`; one that failed is asked for again the next time. */
  #load(part, use) {
    let loading = this.#loading.get(part);
    if (!loading) {
      const name = this.#config[part];
      loading = (name ? this.fetchFile(name) : Promise.reject(new Error(agTexts["no-index"]))).then(use);
      loading.catch(() => this.#loading.delete(part));
      this.#loading.set(part, loading);
    }
    return loading;
  }

  #useCore(file) {
    if (this.#config.engine && !this.#hasEngine) this.runFile(this.#config.engine);
    this.#hasEngine = true;
    const index = decodeCore(file);
    this.#vocabulary = new Vocabulary(index.pages, index.terms);
    this.#index = index;
  }

  async #useTexts(file) {
    await this.#load("core", (core) => this.#useCore(core));
    const { texts, words } = decodeTexts(file);
    this.#vocabulary.addTexts(texts, words);
    this.#index.texts = texts;
    this.#hasTexts = true;
  }

  /** Sends what was found; what other releases have comes last, but among what is drawn at once. */
  #sendResult(result, elsewhere = { pages: [], terms: [] }) {
    const others = elsewhereItems(elsewhere, result).slice(0, MOST_ELSEWHERE);
    const most = others.length ? SHOWN_AT_ONCE - others.length : MOST_RESULTS;
    const groups = [...itemsOf(result, this.#index.texts, most), ...others];
    this.#sendGroups(groups.length ? groups : nothingItems(this.#index, result.request.text));
  }

  /** Sends groups, unless those on the screen are the same, so that nobody's place in the list is lost. */
  #sendGroups(items) {
    const shown = JSON.stringify([items.length, items.slice(0, SHOWN_AT_ONCE)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.send({ type: MESSAGE.result, data: { items } });
  }
}

/** Text as HTML, also where there is no engine. */
function asHtml(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A text of the catalogue as HTML, with values in it that are HTML; whoever makes this script writes the texts into it. */
function said(key, values = {}) {
  return asHtml(agTexts[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The item that is shown where nothing can be searched. */
function failureItems(error) {
  const text = `<p>${asHtml(error.message)}</p><p>${said("again")}</p>`;
  return [[{ location: "", title: said("failed"), text, score: 1, terms: {} }]];
}

/** Fetches and parses a file that lies in a folder. */
function fetchFrom(folder) {
  return async (name) => {
    const response = await fetch(new URL(name, folder));
    if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
    return response.json().catch(() => {
      throw new Error(agTexts["cut-off"].replace("{file}", () => name));
    });
  };
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  const folder = new URL("../search/", self.location);
  const send = (message) => self.postMessage(message);
  const session = new SearchSession(send, fetchFrom(folder), (name) => importScripts(new URL(name, folder)));
  self.addEventListener("message", ({ data }) => session.receive(data));
}
