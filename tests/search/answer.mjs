// Answers queries: `node answer.mjs FOLDER < queries`, a JSON list; prints for each the addresses of the groups, in order.
import { readFileSync } from "node:fs";
import { answer, prepare, readIndex } from "./load.mjs";

const prepared = prepare(readIndex(process.argv[2]));
const queries = JSON.parse(readFileSync(0, "utf8"));
const answers = queries.map((typed) => answer(prepared, typed).map((group) => group.map((item) => item.location)));
process.stdout.write(JSON.stringify(answers));
