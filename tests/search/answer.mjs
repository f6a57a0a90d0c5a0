// Answers queries: `node answer.mjs FOLDER < queries`, a JSON list; prints for each the addresses of the groups, in order.
import { readFileSync } from "node:fs";
import { loadEngine, loadIndex } from "./load.mjs";

const engine = loadEngine("search", "itemsOf", "decodeCore", "decodeTexts", "decodeElsewhere", "Vocabulary");
const { index, vocabulary } = loadIndex(engine, process.argv[2]);
const answers = JSON.parse(readFileSync(0, "utf8")).map((typed) =>
  engine.itemsOf(engine.search(index, vocabulary, typed), index.texts).map((group) => group.map((item) => item.location)),
);
process.stdout.write(JSON.stringify(answers));
