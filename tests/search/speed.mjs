// Measures the engine: `node speed.mjs FOLDER COPIES < queries`, a JSON list, with the index in a folder as often as COPIES says, in
// other words each time. Prints as JSON how many endpoints there are, and milliseconds of the processor: until the first answer once
// the index has come, and of each key typed, at the median and at the 95th percentile.
import { readFileSync } from "node:fs";
import { loadEngine, readIndex } from "./load.mjs";

const engine = loadEngine("search", "itemsOf", "decodeCore", "decodeTexts", "Vocabulary");

/** The same text in other words: those of four letters or more are longer by one. */
function inOtherWords(text, copy) {
  const letter = String.fromCharCode(97 + copy);
  return copy ? text.replace(/[A-Za-z]{4,}/g, (word) => word.slice(0, 3) + letter + word.slice(3)) : text;
}

/** The core of a guide that is larger by as many copies. */
function enlarge(core, copies) {
  const pages = [];
  const terms = new Map();
  for (let copy = 0; copy < copies; copy++) {
    const first = pages.length;
    for (const [kind, url, title, method, path, text, parent] of core.pages) {
      const [otherTitle, otherPath, otherText] = [title, path, text].map((each) => inOtherWords(each, copy));
      pages.push([kind, `${copy}/${url}`, otherTitle, method, otherPath, otherText, parent < 0 ? -1 : parent + first]);
    }
    for (const [kind, text, uses] of core.terms) addUses(terms, kind, inOtherWords(text, copy), uses, first);
  }
  return { ...core, pages, terms: [...terms.values()].map(({ row }) => row) };
}

/** Adds uses, on pages from number `first` on, to a term that may be there already. */
function addUses(terms, kind, text, uses, first) {
  const key = `${kind} ${text}`;
  if (!terms.has(key)) terms.set(key, { row: [kind, text, []], last: 0 });
  const term = terms.get(key);
  let page = first;
  for (let i = 0; i < uses.length; i += 3) {
    page += uses[i];
    term.row[2].push(page - term.last, uses[i + 1], uses[i + 2]);
    term.last = page;
  }
}

/** The milliseconds of the processor that some work takes. */
function timeOf(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const copies = Number(process.argv[3]);
const { core, texts } = readIndex(process.argv[2]);
const largeCore = JSON.stringify(enlarge(core, copies));
const largeTexts = texts.texts && Array.from({ length: copies }, (_, copy) => texts.texts.map((text) => inOtherWords(text, copy))).flat();
const queries = JSON.parse(readFileSync(0, "utf8"));

let index;
let vocabulary;
const answer = (typed) => engine.itemsOf(engine.search(index, vocabulary, typed), index.texts);
const first = timeOf(() => {
  index = engine.decodeCore(JSON.parse(largeCore));
  vocabulary = new engine.Vocabulary(index.pages, index.terms);
  answer(queries[0]);
});
const decoded = engine.decodeTexts(largeTexts ? { texts: largeTexts } : texts);
vocabulary.addTexts(decoded.texts, decoded.words);
index.texts = decoded.texts;
const times = [];
for (const query of queries) {
  for (let length = 1; length <= query.length; length++) times.push(timeOf(() => answer(query.slice(0, length))));
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)];
const endpoints = index.pages.filter(({ kind }) => kind === 0).length;
process.stdout.write(JSON.stringify({ endpoints, first, keys: times.length, median: at(0.5), p95: at(0.95), most: times.at(-1) }));
