"use strict";
// Closeness: words that stand together in a text say more than the same words far apart. It needs the texts as they are.

const MOST_CLOSE_PAGES = 30;
const MOST_KNOWN_TEXTS = 300;
const FEWEST_WORDS = 3; // fewer are found together by chance
const BONUS_OF_CLOSENESS = 40;

const knownStemLists = new Map(); // text → its words, as stems

/** The words of a text as stems, in order. */
function stemList(text) {
  let stems = knownStemLists.get(text);
  if (!stems) {
    if (knownStemLists.size > MOST_KNOWN_TEXTS) knownStemLists.clear();
    knownStemLists.set(text, (stems = wordsOf(text).map(stemOf)));
  }
  return stems;
}

/** The fewest words in a row of a text that have one of each set of stems; Infinity where it lacks one. */
function shortestStretch(stems, wanted) {
  const lastAt = wanted.map(() => -1);
  let shortest = Infinity;
  stems.forEach((stem, at) => {
    let isWanted = false;
    wanted.forEach((set, i) => {
      if (set.has(stem)) {
        lastAt[i] = at;
        isWanted = true;
      }
    });
    const start = isWanted ? Math.min(...lastAt) : -1;
    if (start >= 0) shortest = Math.min(shortest, at - start + 1);
  });
  return shortest;
}

/** Adds to the first hits what the closeness of the words in their texts is worth, and puts them in order again. */
function addCloseness(hits, found, texts) {
  const wanted = found.filter(({ isStop }) => !isStop).map(({ marks }) => new Set(marks.map(stemOf)));
  if (!texts || wanted.length < FEWEST_WORDS) return;
  for (const hit of hits.slice(0, MOST_CLOSE_PAGES)) {
    const stretch = shortestStretch(stemList(texts[hit.page.id] ?? ""), wanted);
    hit.score += (BONUS_OF_CLOSENESS * wanted.length) / Math.max(stretch, wanted.length);
  }
  hits.sort(byScore);
}
