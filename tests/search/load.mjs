// Loads the engine as Python joins it: all files in one scope, in this order.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const FOLDER = new URL("../../src/apiguide/site/theme/search/", import.meta.url);
export const FILES = ["words", "paths", "names", "vocabulary", "query", "index", "closeness", "score", "results", "worker"];

/** What the engine declares, by name. */
export function loadEngine(...names) {
  const code = FILES.map((name) => readFileSync(new URL(`${name}.js`, FOLDER), "utf8")).join("\n");
  return vm.runInThisContext(`(() => {${code}\nreturn { ${names.join(", ")} };})()`, { filename: "search.js" });
}

/** The index in a folder, with its texts, as a session would hold it: {index, vocabulary, config}. */
export function loadIndex(engine, folder) {
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  const { config } = read("search_index.json");
  const index = engine.decodeCore(read(config.core));
  const vocabulary = new engine.Vocabulary(index.pages, index.terms);
  const { texts, words } = engine.decodeTexts(read(config.texts));
  vocabulary.addTexts(texts, words);
  index.texts = texts;
  if (config.elsewhere) index.elsewhere = engine.decodeElsewhere(read(config.elsewhere));
  return { index, vocabulary, config };
}
