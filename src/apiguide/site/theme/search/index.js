"use strict";
// The index: what the files of the guide hold, made ready to be searched. See the builder for what stands in the files.

const KIND = { endpoint: 0, resource: 1, page: 2, section: 3 };
const TERM = { name: 0, value: 1, former: 2, status: 3 };

/** The index of the core file: {pages, terms, synonyms, names, texts, elsewhere}; throws where the file is none. */
function decodeCore(core) {
  if (!Array.isArray(core?.pages) || !Array.isArray(core.terms)) throw new Error(agTexts["bad-index"]);
  const pages = core.pages.map(([kind, url, title, method, path, text, parent, boost = 1], id) => {
    return { id, kind, url, title, method, path, text, parent, boost };
  });
  for (const page of pages) preparePage(page, pages[page.parent]);
  const terms = core.terms.map(([kind, text, uses]) => prepareTerm(kind, text, decodeUses(text, kind, uses, core.prefixes)));
  return { pages, terms, synonyms: decodeSynonyms(core.synonyms), names: core.names ?? "", texts: null, elsewhere: null };
}

/** Adds what is compared to a page, whose parent is a page itself, or null. */
function preparePage(page, parent) {
  page.parent = parent ?? null;
  page.segments = segmentsOf(page.path);
  page.titleWords = partsOf(page.title);
  page.flat = page.titleWords.join(" ");
  page.stems = page.titleWords.map(stemOf).join(" ");
  page.bag = bagOf(page.titleWords);
}

/** A term with what is compared of it. */
function prepareTerm(kind, text, uses) {
  const parts = partsOf(text);
  return { kind, text, uses, parts, ...comparable(parts) };
}

/** Where a term is used: [{page, isSent, anchor}]. */
function decodeUses(text, kind, numbers, prefixes) {
  const uses = [];
  let page = 0;
  for (let i = 0; i < numbers.length; i += 3) {
    page += numbers[i];
    const prefix = prefixes[numbers[i + 2]] ?? "";
    const anchor = prefix && kind === TERM.name ? prefix + text : prefix;
    uses.push({ page, isSent: numbers[i + 1] === 1, anchor });
  }
  return uses;
}

/** Synonyms by their stems, so that one in the plural is found too: Map(phrase → phrases). */
function decodeSynonyms(synonyms) {
  const found = new Map();
  for (const [phrase, others] of Object.entries(synonyms ?? {})) {
    const key = partsOf(phrase).map(stemOf).join(" ");
    found.set(key, [...(found.get(key) ?? []), ...others.map((other) => partsOf(other).join(" "))]);
  }
  return found;
}

/** The texts file: {texts: by page, or null; words: Map(word → pages), or null}. */
function decodeTexts(file) {
  if (file.texts) return { texts: file.texts, words: null };
  const words = new Map();
  for (const [word, deltas] of Object.entries(file.words)) {
    let page = 0;
    words.set(word, deltas.map((delta) => (page += delta)));
  }
  return { texts: null, words };
}

/** The file of what only other releases have: {pages, terms}, as those of the core. */
function decodeElsewhere(file) {
  const pages = file.pages.map(([release, kind, url, title, method, path], id) => {
    return { id, kind, url, title, method, path, text: "", boost: 1, release };
  });
  for (const page of pages) preparePage(page);
  const terms = file.names.map(([text, release, url]) => ({ ...prepareTerm(TERM.name, text, []), release, url }));
  return { pages, terms };
}
