"use strict";
// Scoring: what the words, the names and the path of a query find is added up to one score for each page.

/** What it adds that a title is, as a whole, what was typed: the same words, in another number, in any order, others for them. */
const BONUS_OF_TITLE = { same: 200, plural: 150, anyOrder: 100, synonyms: 70, start: 25, inside: 15 };
const BONUS = { allWords: 10, method: 10 };
const FACTOR = { synonym: 0.85, slip: 0.6, stopWord: 0.05 };
const POWER_OF_SHARE = 2;
const MOST_COMBINATIONS = 48;
const EXACT_PATH = 95; // the score of a path that fits as a whole

/**
 * The pages that answer what was typed, the best first: {hits: [{page, score, rows, isNamed}], marks, request, isExact}.
 * `rows` are the rows of names on the page, `isNamed` says that they are why it was found; `marks` are the words to be marked.
 */
function search(index, vocabulary, typed) {
  const request = readQuery(typed);
  const paths = request.path ? scoreNearestPaths(index.pages, request.path, request.method) : new Map();
  if (paths.size) return pathResult(index, request, paths);
  if (request.words.length) return searchWords(index, vocabulary, request);
  return { hits: [], marks: [], request, isExact: false };
}

/** What a path finds, as a result. */
function pathResult(index, request, scores) {
  const hits = [...scores].map(([id, score]) => ({ page: index.pages[id], score, rows: [], isNamed: false }));
  hits.sort(byScore);
  const marks = segmentsOf(request.path).flatMap(partsOf);
  return { hits, marks, request, isExact: hits[0].score >= EXACT_PATH };
}

/** The order of hits: score, then as in the guide. */
function byScore(one, other) {
  return other.score - one.score || one.page.id - other.page.id;
}

/** What words find, by themselves and together as a name or a title. */
function searchWords(index, vocabulary, request) {
  const asked = readWords(request, index, vocabulary);
  const { nameWords, tellingWords, isTyping } = request;
  let names = findNames(index.terms, nameWords, isTyping);
  if (!names.length && tellingWords !== nameWords) names = findNames(index.terms, tellingWords, isTyping);
  const named = scoreNames(names, request, index.pages.length);
  const { scores, found, isFull } = scoreWords(asked, vocabulary, named.size > 0);
  for (const [id, { score }] of named) scores[id] += score;
  const titles = titlesAsked(asked, request);
  const hits = [];
  index.pages.forEach((page, id) => {
    if (!scores[id]) return;
    const more = scoreOfTitle(page, titles) + scoreOfKind(page, request);
    const rows = named.get(id)?.rows ?? [];
    const isNamed = rows.length > 0 && rows[0].fit === FIT_OF_NAME.full && more < BONUS_OF_TITLE.synonyms;
    hits.push({ page, score: (scores[id] + more) * page.boost, rows, isNamed });
  });
  hits.sort(byScore);
  addCloseness(hits, found, index.texts);
  const marks = found.flatMap((each) => (each.isStop ? [] : each.marks));
  const isExact = names.some(({ fit }) => fit === 1) || (isFull && hits.length > 0);
  return { hits, marks, request, isExact };
}

/** The score of each page by words alone; where none has them all, the word that finds least may have slips. */
function scoreWords(asked, vocabulary, isNamed) {
  const found = asked.map((each) => findAsked(each, vocabulary, false));
  let best = combine(found, vocabulary.pages.length);
  const needed = found.filter((each) => !each.isStop);
  if (best.isFull || isNamed || needed.length < 2) return best;
  const rarest = needed.reduce((least, each) => (each.count < least.count ? each : least));
  const loose = found.map((each) => (each === rarest ? findAsked(each.asked, vocabulary, true) : each));
  const looser = combine(loose, vocabulary.pages.length);
  if (looser.isFull) best = looser;
  return best;
}

/**
 * What one thing asked for finds, with all that may stand for it: {weights, count, rarity, marks, isStop, asked}. The more
 * pages it finds in whatever words, the less each is worth.
 */
function findAsked(asked, vocabulary, isLoose) {
  const weights = new Float32Array(vocabulary.pages.length);
  const marks = [...asked.words];
  let isFound = addPhrase(weights, asked.words, asked.isTyping, 1, vocabulary);
  const addOthers = (others, factor) => {
    for (const other of others) {
      if (!addPhrase(weights, other, false, factor, vocabulary)) continue;
      marks.push(...other);
      isFound = true;
    }
  };
  addOthers(asked.alternatives, FACTOR.synonym);
  if (!asked.isStop && asked.words.length === 1 && (isLoose || !isFound)) {
    addOthers(vocabulary.near(asked.words[0]).map((word) => [word]), FACTOR.slip);
  }
  let count = 0;
  for (const weight of weights) count += weight > 0;
  const rarity = 0.3 + Math.log(1 + weights.length / (count + 1));
  for (let id = 0; id < weights.length; id++) weights[id] *= rarity;
  return { weights, count, rarity, marks, isStop: asked.isStop, asked };
}

/** Adds the pages that have all words of a phrase, each by the mean of their weights; tells whether there are any. */
function addPhrase(weights, words, isTyping, factor, vocabulary) {
  const found = words.map((word, i) => vocabulary.find(word, isTyping && i === words.length - 1).weights);
  let isFound = false;
  for (let id = 0; id < weights.length; id++) {
    let sum = 0;
    for (const each of found) {
      if (!each[id]) {
        sum = 0;
        break;
      }
      sum += each[id];
    }
    if (!sum) continue;
    isFound = true;
    weights[id] = Math.max(weights[id], (factor * sum) / found.length);
  }
  return isFound;
}

/** Adds up what each thing asked for finds: pages that have all of them come before those that have some. */
function combine(found, pageCount) {
  const scores = new Float32Array(pageCount);
  const shares = new Float32Array(pageCount); // how much of what was asked for a page has: a rare word is more of it
  const needed = found.filter(({ isStop, count }) => !isStop && count);
  const whole = needed.reduce((sum, { rarity }) => sum + rarity, 0);
  for (const { weights } of found.filter(({ isStop }) => isStop)) addWeights(scores, weights, FACTOR.stopWord);
  for (const { weights, rarity } of needed) {
    addWeights(scores, weights, 1);
    for (let id = 0; id < pageCount; id++) if (weights[id]) shares[id] += rarity / whole;
  }
  let isAny = false;
  for (let id = 0; id < pageCount; id++) {
    if (shares[id] > 0.999) {
      scores[id] += BONUS.allWords;
      isAny = true;
    } else scores[id] *= shares[id] ** POWER_OF_SHARE;
  }
  return { scores, isFull: isAny && found.every(({ isStop, count }) => isStop || count), found };
}

/** Adds weights to scores. */
function addWeights(scores, weights, factor) {
  for (let id = 0; id < scores.length; id++) scores[id] += factor * weights[id];
}

/** The titles that are asked for: as typed, and in any order with what may stand for each word. */
function titlesAsked(asked, request) {
  const { words } = request;
  let combinations = [[]];
  for (const each of asked) {
    if (each.isStop) continue;
    const ways = [each.words, ...each.alternatives];
    combinations = combinations.flatMap((before) => ways.map((way) => [...before, ...way])).slice(0, MOST_COMBINATIONS);
  }
  const bags = new Set(combinations.map(bagOf));
  return { flat: words.join(" "), stems: words.map(stemOf).join(" "), bag: bagOf(words), bags, count: words.length };
}

/** What a title adds that is as a whole what was asked for. */
function scoreOfTitle(page, asked) {
  if (page.flat === asked.flat) return BONUS_OF_TITLE.same;
  if (page.stems === asked.stems) return BONUS_OF_TITLE.plural;
  if (page.bag && page.bag === asked.bag) return BONUS_OF_TITLE.anyOrder;
  if (page.bag && asked.bags.has(page.bag)) return BONUS_OF_TITLE.synonyms;
  if (page.flat.startsWith(asked.flat)) return BONUS_OF_TITLE.start;
  return asked.count > 1 && ` ${page.flat} `.includes(` ${asked.flat} `) ? BONUS_OF_TITLE.inside : 0;
}

/** What the kind of a page and its method add; short titles come before long ones. */
function scoreOfKind(page, request) {
  const kind = page.kind === KIND.resource ? 3 : page.kind === KIND.section ? -1 : 0;
  const method = request.method && page.method ? (page.method.toLowerCase() === request.method ? 1 : -1) : 0;
  return kind + BONUS.method * method - 0.3 * page.titleWords.length;
}
