"use strict";
// Names: what was typed is held against the names of parameters and fields, values, former names and statuses as a whole.

/** How much of a name was typed: all, its end, its beginning, its middle, all but the last letters. */
const FIT_OF_NAME = { full: 1, end: 0.7, start: 0.6, middle: 0.5, begun: 0.35 };
const MOST_NAMES = 40;

/** What is compared of a name: `_two_parts_` and `twoparts`. */
function comparable(parts) {
  return { flat: `_${parts.join("_")}_`, compact: parts.join("") };
}

/** How the words typed fit a name: a key of FIT_OF_NAME, or "". Blanks, hyphens, `_` and capitals are the same. */
function fitOfName(asked, own, isTyping) {
  if (own.compact === asked.compact) return "full";
  if (asked.count === 1) return "";
  if (own.flat.endsWith(asked.flat)) return "end";
  if (own.flat.startsWith(asked.flat)) return "start";
  if (own.flat.includes(asked.flat)) return "middle";
  return isTyping && own.flat.includes(asked.flat.slice(0, -1)) ? "begun" : "";
}

/** The terms that fit the words typed, the best first: [{term, fit}]. */
function findNames(terms, words, isTyping) {
  const asked = { ...comparable(words), count: words.length };
  const found = [];
  if (!asked.compact) return found;
  for (const term of terms) {
    const how = fitOfName(asked, term, isTyping);
    if (how) found.push({ term, fit: FIT_OF_NAME[how] });
  }
  return found.sort((a, b) => b.fit - a.fit || a.term.kind - b.term.kind).slice(0, MOST_NAMES);
}

/**
 * How much a name that fits says. One common word must not win over a title; several, a status or a rare one are meant as
 * they are, and what is written as a name more so.
 */
function weightOfName(term, fit, request, rarity) {
  if (request.isWrittenAsName && fit === FIT_OF_NAME.full) return 120;
  if (request.tellingWords.length > 1 || term.kind === TERM.status) return 60;
  return request.tellingWords.length === 1 ? 8 + 5 * rarity : 8;
}

/** Names of which the next one is a part (`period[startdate]`): whether the anchor of a row says so. */
function isHeldBy(anchor, holders) {
  return holders.every((holder) => anchor.includes(holder));
}

/**
 * What names add to pages: Map(number of the page → {score, rows}). A row is {term, use, fit}; pages that take a name come
 * before those that return it.
 */
function scoreNames(found, request, pageCount) {
  const scores = new Map();
  for (const { term, fit } of found) {
    const rarity = Math.log(1 + pageCount / term.uses.length);
    const weight = weightOfName(term, fit, request, rarity);
    for (const use of term.uses) {
      const isHeld = request.holders.length && isHeldBy(use.anchor, request.holders);
      const score = fit * weight * (use.isSent ? 1 : 0.8) + 2 * rarity + (isHeld ? 20 : 0);
      const entry = scores.get(use.page);
      if (!entry) scores.set(use.page, { score, rows: [{ term, use, fit }] });
      else {
        entry.score = Math.max(entry.score, score);
        if (entry.rows.length < 3) entry.rows.push({ term, use, fit });
      }
    }
  }
  return scores;
}
