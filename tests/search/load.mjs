// Loads the engine as it is joined for browsers: all files in one scope, in the order that Python gives them.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const FOLDER = new URL("../../src/apiguide/site/theme/search/", import.meta.url);
const FILES = ["words", "paths", "names", "vocabulary", "query", "index", "closeness", "score", "results", "worker"];

const CATALOGUE = readFileSync(new URL("../../../texts/en.yaml", FOLDER), "utf8");
const [, SECTION] = /^search:\n((?: {2}.*\n)+)/m.exec(CATALOGUE);
const TEXTS = Object.fromEntries([...SECTION.matchAll(/^ {2}([\w-]+): "?(.+?)"?$/gm)].map(([, key, text]) => [key, text]));

/** The text of the engine, with the texts that a build writes into it. */
export const code = `globalThis.agTexts = ${JSON.stringify(TEXTS)};\n` + FILES.map((name) => readFileSync(new URL(`${name}.js`, FOLDER), "utf8")).join("\n");

/** What the engine declares, by name. */
export function loadEngine(...names) {
  return vm.runInThisContext(`(() => {${code}\nreturn { ${names.join(", ")} };})()`, { filename: "search.js" });
}

const engine = loadEngine("search", "itemsOf", "decodeCore", "decodeTexts", "decodeElsewhere", "Vocabulary");

/** An index with its texts, as a session holds it: {index, vocabulary}. */
export function prepare({ core, texts, elsewhere }) {
  const index = engine.decodeCore(core);
  const vocabulary = new engine.Vocabulary(index.pages, index.terms);
  const decoded = engine.decodeTexts(texts);
  vocabulary.addTexts(decoded.texts, decoded.words);
  index.texts = decoded.texts;
  if (elsewhere) index.elsewhere = engine.decodeElsewhere(elsewhere);
  return { index, vocabulary };
}

/** The files of an index in a folder. */
export function readIndex(folder) {
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  const { core, texts, elsewhere } = read("search_index.json").config;
  return { core: read(core), texts: read(texts), elsewhere: elsewhere && read(elsewhere) };
}

/** The groups of items that are shown for a query. */
export function answer({ index, vocabulary }, typed) {
  return engine.itemsOf(engine.search(index, vocabulary, typed), index.texts);
}

/** The addresses of the pages that are shown for a query, in order. */
export function pagesFor(prepared, typed) {
  return answer(prepared, typed).map(([page]) => page.location);
}
