"use strict";
// Words: how text is cut into them, which are forms of one word, and how far two are apart.

/** Words that say nothing about what is looked for, unless there are no others. */
const STOP_WORDS = new Set(
  (
    "a about an and any are as at be been by can could did do does for from had has have how i if in into is it its may me " +
    "mean means my of on or our please should so that the their them there these this those to was we were what when " +
    "where which who why will with would you your"
  ).split(" "),
);

const APOSTROPHE = /([\p{L}\p{N}])['’](?=[\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text in lower case; names are cut at `_`, `-` and capitals, but `vApp`, `ISOs` and `can't` stay whole. */
function partsOf(text) {
  const plain = text
    .replace(APOSTROPHE, "$1")
    .replace(/([a-z\d]{2})([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z]{2})/g, "$1 $2");
  return plain.toLowerCase().match(WORD) || [];
}

/** The same with names in prose also whole: `PowerShell` is `power`, `shell` and `powershell`. */
function wordsOf(text) {
  const words = partsOf(text);
  const inner = text.match(/[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*|\p{Lu}{2}\p{Ll}[\p{L}\p{N}]*/gu);
  return inner ? [...words, ...inner.map((word) => word.toLowerCase())] : words;
}

const knownStems = new Map();

/** What a word and its plural have in common: no word of a language, but the same for both. */
function stemOf(word) {
  let stem = knownStems.get(word);
  if (stem === undefined) {
    stem = computeStem(word);
    if (knownStems.size > 50000) knownStems.clear();
    knownStems.set(word, stem);
  }
  return stem;
}

/** `policies` → `policy`, `vms` → `vm`, `caches` and `cache` → `cach`, `statuses` and `status` → `statu`. */
function computeStem(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  let stem = withoutFinalS(word);
  if (stem.length > 3) stem = stem.replace(/(s|x|z|ch|sh)e$/, "$1");
  return stem.length > 4 ? withoutFinalS(stem) : stem;
}

/** What a word has in common with others made from it: `autoscale` and `autoscaling`, `migrate` and `migration`. */
function rootOf(word) {
  const stem = stemOf(word);
  const root = stem.replace(/(ing|ed|ion|er|e)$/, "");
  return root.length > 3 ? root : stem;
}

/** A word without its last `s`, unless there are two of them. */
function withoutFinalS(word) {
  return word.length > 2 && word.endsWith("s") && word.at(-2) !== "s" ? word.slice(0, -1) : word;
}

/** The words of a text that say something, as stems in the order of the alphabet: equal where only order and plural differ. */
function bagOf(words) {
  return words
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemOf)
    .sort()
    .join(" ");
}

const LONGEST_WORD = 40;
const distanceRows = [0, 1, 2].map(() => new Uint8Array(LONGEST_WORD + 2));

/** How many slips (a letter wrong, missing, too many, or two swapped) lie between two words; `most + 1` where more. */
function slipsBetween(first, second, most) {
  let [beforeLast, last, row] = distanceRows;
  for (let j = 0; j <= second.length; j++) last[j] = j;
  for (let i = 1; i <= first.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= second.length; j++) {
      const isOther = first[i - 1] !== second[j - 1];
      let slips = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + isOther);
      const isSwapped = i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1];
      if (isSwapped) slips = Math.min(slips, beforeLast[j - 2] + 1);
      row[j] = slips;
      least = Math.min(least, slips);
    }
    if (least > most) return most + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[second.length];
}

/** Whether a word may be a slip of another, which is cheap to tell: nearly as long, its first letter kept or swapped. */
function maySlip(word, other, most) {
  if (Math.abs(word.length - other.length) > most) return false;
  if (word.length === 3) return other.length === 3 && (other[0] === word[1] || other[2] === word[1]); // only swapped letters
  return other[0] === word[0] || other[0] === word[1] || other[1] === word[0];
}
