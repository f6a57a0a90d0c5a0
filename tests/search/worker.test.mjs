import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { library } from "./library.mjs";
import { code, loadEngine } from "./load.mjs";

const { SearchSession } = loadEngine("SearchSession");
const CONFIG = { core: "core.json", texts: "texts.json", elsewhere: "elsewhere.json" };

/** A session over the files of the library: {session, sent, fetched, files}. A file that is an error fails. */
function start(changes = {}, config = CONFIG) {
  const { core, texts, elsewhere } = library();
  const files = { "core.json": core, "texts.json": texts, "elsewhere.json": elsewhere, ...changes };
  const sent = [];
  const fetched = [];
  const fetchFile = async (name) => {
    fetched.push(name);
    const file = await files[name];
    if (file instanceof Error) throw file;
    return file;
  };
  const session = new SearchSession((message) => sent.push(message), fetchFile, () => {});
  session.receive({ type: 0, data: { config, docs: [], options: {} } });
  const ask = (typed) => session.receive({ type: 2, data: typed });
  const shown = () => sent.at(-1).data.items.map(([page]) => page.location);
  return { session, sent, fetched, files, ask, shown };
}

test("it is ready at once and fetches nothing, not for an empty query either", async () => {
  const { sent, fetched, ask } = start();
  assert.deepEqual(sent, [{ type: 1 }]);
  await ask("");
  await ask("  ");
  assert.deepEqual(sent.slice(1), [{ type: 3, data: { items: [] } }, { type: 3, data: { items: [] } }]);
  assert.deepEqual(fetched, []);
});

test("it is ready whatever SETUP holds", async () => {
  for (const data of [undefined, null, {}, { config: null }, { config: 5 }]) {
    const sent = [];
    const session = new SearchSession((message) => sent.push(message), () => assert.fail(), () => {});
    session.receive({ type: 0, data });
    assert.deepEqual(sent, [{ type: 1 }]);
    await session.receive({ type: 2, data: "book" });
    assert.equal(sent.at(-1).data.items[0][0].title, "Search could not be loaded");
  }
});

test("it answers from the core before the texts are there, and again afterward", async () => {
  let release;
  const { texts } = library();
  const { sent, ask } = start({ "texts.json": new Promise((resolve) => (release = () => resolve(texts))) });
  const asked = ask("shelves");
  await new Promise(setImmediate);
  assert.equal(sent.length, 2);
  release();
  await asked;
  assert.ok(sent.length <= 3);
});

test("texts that change nothing are no second answer", async () => {
  const { sent, ask } = start({ "texts.json": { texts: [] } });
  await ask("Create book");
  assert.equal(sent.length, 2);
});

test("an overtaken query is not answered", async () => {
  const { sent, ask } = start();
  await Promise.all([ask("b"), ask("bo"), ask("book")]);
  assert.ok(sent.slice(1).every(({ data }) => data.items[0][0].location === "books/"));
});

test("a file that fails is told as an item, and asked for again at the next key", async () => {
  const { sent, files, ask, shown } = start({ "core.json": new Error("core.json: 503 <b>") });
  await ask("boo");
  const [[item]] = sent.at(-1).data.items;
  assert.equal(item.title, "Search could not be loaded");
  assert.ok(item.text.includes("503 &#60;b&#62;"));
  assert.deepEqual(item.terms, {});
  files["core.json"] = library().core;
  await ask("book");
  assert.equal(shown()[0], "books/");
});

test("an index that is none is told, too", async () => {
  for (const core of [null, {}, [], "", { pages: [] }, { pages: 1, terms: 2 }]) {
    const { sent, ask } = start({ "core.json": core });
    await ask("book");
    assert.equal(sent.at(-1).data.items[0][0].title, "Search could not be loaded");
  }
});

test("without texts, titles and names are found, and what may stand in texts is told not to be loaded", async () => {
  const { sent, files, ask, shown } = start({ "texts.json": new Error("gone") });
  await ask("Create book");
  assert.equal(shown()[0], "books/create/");
  await ask("overnight");
  assert.equal(sent.at(-1).data.items[0][0].title, "Search could not be loaded");
  files["texts.json"] = library().texts;
  await ask("overnigh");
  assert.equal(shown()[0], "books/create/");
});

test("other releases are asked only where this one has nothing that fits, and come last", async () => {
  const { fetched, ask, shown, sent } = start();
  for (const typed of ["due_date", "/books/12", "Create book"]) await ask(typed);
  assert.ok(!fetched.includes("elsewhere.json"));
  await ask("sharpen book");
  assert.ok(fetched.includes("elsewhere.json"));
  await ask("ink_level");
  assert.equal(shown().at(-1), "../2.0/pens/get/");
  await ask("POST /pens/:id/sharpen");
  assert.equal(shown().at(-1), "../2.0/pens/sharpen/");
  const scores = sent.at(-1).data.items.flat().map(({ score }) => score);
  assert.equal(scores.at(-1), Math.min(...scores));
});

test("where other releases cannot be had, the answer stands", async () => {
  const { ask, shown } = start({ "elsewhere.json": new Error("gone") });
  await ask("ink_level");
  assert.deepEqual(shown(), ["names/"]);
});

test("nothing found leads to the dictionary of names", async () => {
  const { ask, shown } = start({}, { core: "core.json", texts: "texts.json" });
  await ask("xyzzy");
  assert.deepEqual(shown(), ["names/"]);
});

/** Runs the script as a worker that has just this: its address, fetch, importScripts. */
function runAsWorker(fetch) {
  const listeners = [];
  const sent = [];
  class WorkerGlobalScope {}
  const self = Object.assign(new WorkerGlobalScope(), {
    location: { href: "http://library.test/latest/assets/search.js", toString: () => "http://library.test/latest/assets/search.js" },
    postMessage: (message) => sent.push(message),
    addEventListener: (type, listener) => listeners.push(listener),
  });
  vm.runInNewContext(code, { self, WorkerGlobalScope, URL, fetch, structuredClone, console });
  return { sent, receive: (data) => listeners.forEach((listener) => listener({ data })) };
}

test("a worker finds the index by its own address, and tells of one that is cut off", async () => {
  const asked = [];
  const { sent, receive } = runAsWorker(async (url) => {
    asked.push(String(url));
    return new Response('{"pages": [[', { status: 200 });
  });
  receive({ type: 0, data: { config: CONFIG } });
  receive({ type: 2, data: "book" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(asked.sort(), ["http://library.test/latest/search/core.json", "http://library.test/latest/search/texts.json"]);
  const [[item]] = sent.at(-1).data.items;
  assert.equal(item.title, "Search could not be loaded");
  assert.match(item.text, /core\.json is incomplete/);
});
