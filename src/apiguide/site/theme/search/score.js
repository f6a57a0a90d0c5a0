"use strict";
// Scoring: what the words, the names and the path of a query find is added up to one score for each page.

const BONUS = { title: 200, plural: 150, anyOrder: 100, synonyms: 70, startOfTitle: 25, inTitle: 15, allWords: 20, method: 10 };
const FACTOR = { synonym: 0.85, slip: 0.6, stopWord: 0.05 };
const MOST_COMBINATIONS = 48;
const EXACT_PATH = 95; // the score of a path that fits as a whole

/**
 * The pages that answer what was typed, the best first: {hits: [{page, score, rows, isNamed}], marks, request, isExact}.
 * `rows` are the rows of names on the page, `marks` the words to be marked.
 */
function search(index, vocabulary, typed) {
  const request = readQuery(typed);
  const paths = request.path ? scoreNearestPaths(index.pages, request.path, request.method) : new Map();
  if (paths.size) return pathResult(index, request, paths);
  return request.words.length ? searchWords(index, vocabulary, request) : { hits: [], marks: [], request, isExact: false };
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
  const names = findNames(index.terms, request.nameWords, request.isTyping);
  const named = scoreNames(names, request, index.pages.length);
  const { scores, found, isFull } = scoreWords(asked, vocabulary, named.size > 0);
  for (const [id, { score }] of named) scores[id] += score;
  const titles = titlesAsked(asked, request);
  const hits = [];
  index.pages.forEach((page, id) => {
    if (!scores[id]) return;
    const more = scoreOfTitle(page, titles) + scoreOfKind(page, request);
    const rows = named.get(id)?.rows ?? [];
    hits.push({ page, score: scores[id] + more, rows, isNamed: rows.length > 0 && more < BONUS.synonyms && rows[0].fit === 1 });
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

/** What one thing asked for finds, with all that may stand for it: {weights, count, marks, isStop, asked}. */
function findAsked(asked, vocabulary, isLoose) {
  const total = new Float32Array(vocabulary.pages.length);
  const marks = [...asked.words];
  addPhrase(total, asked.words, asked.isTyping, 1, vocabulary);
  for (const other of asked.alternatives) {
    if (addPhrase(total, other, false, FACTOR.synonym, vocabulary)) marks.push(...other);
  }
  if (!asked.isStop && asked.words.length === 1 && (isLoose || !total.some(Boolean))) {
    for (const other of vocabulary.near(asked.words[0])) {
      if (addPhrase(total, [other], false, FACTOR.slip, vocabulary)) marks.push(other);
    }
  }
  let count = 0;
  for (const weight of total) count += weight > 0;
  return { weights: total, count, marks, isStop: asked.isStop, asked };
}

/** Adds the pages that have all words of a phrase, each by the mean of their weights; tells whether there are any. */
function addPhrase(total, words, isTyping, factor, vocabulary) {
  const found = words.map((word, i) => vocabulary.find(word, isTyping && i === words.length - 1));
  const rarity = found.map(({ count }) => 0.3 + Math.log(1 + total.length / (count + 1)));
  let isFound = false;
  for (let id = 0; id < total.length; id++) {
    let sum = 0;
    for (let i = 0; i < found.length; i++) {
      const weight = found[i].weights[id];
      if (!weight) {
        sum = 0;
        break;
      }
      sum += weight * rarity[i];
    }
    const score = (factor * sum) / found.length;
    if (score > total[id]) total[id] = score;
    isFound ||= score > 0;
  }
  return isFound;
}

/** Adds up what each thing asked for finds: pages that have all of them come before those that have some. */
function combine(found, pageCount) {
  const scores = new Float32Array(pageCount);
  const counts = new Uint8Array(pageCount);
  const needed = found.filter(({ isStop, count }) => !isStop && count).length;
  for (const { weights, isStop } of found) {
    for (let id = 0; id < pageCount; id++) {
      scores[id] += isStop ? weights[id] * FACTOR.stopWord : weights[id];
      counts[id] += !isStop && weights[id] > 0;
    }
  }
  let isAny = false;
  for (let id = 0; id < pageCount; id++) {
    if (!counts[id]) scores[id] = 0;
    else if (counts[id] < needed) scores[id] *= (counts[id] / needed) ** 3;
    else {
      scores[id] += BONUS.allWords;
      isAny = true;
    }
  }
  const isFull = isAny && found.every(({ isStop, count }) => isStop || count);
  return { scores, isFull, found };
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
  const own = bagOf(words);
  return { flat: words.join(" "), stems: words.map(stemOf).join(" "), bag: own, bags: new Set(combinations.map(bagOf)), count: words.length };
}

/** What a title adds that is as a whole what was asked for. */
function scoreOfTitle(page, asked) {
  if (page.flat === asked.flat) return BONUS.title;
  if (page.stems === asked.stems) return BONUS.plural;
  if (page.bag && page.bag === asked.bag) return BONUS.anyOrder;
  if (page.bag && asked.bags.has(page.bag)) return BONUS.synonyms;
  if (page.flat.startsWith(asked.flat)) return BONUS.startOfTitle;
  return asked.count > 1 && ` ${page.flat} `.includes(` ${asked.flat} `) ? BONUS.inTitle : 0;
}

/** What the kind of a page and its method add; short titles come before long ones. */
function scoreOfKind(page, request) {
  const kind = page.kind === KIND.resource ? 3 : page.kind === KIND.section ? -1 : 0;
  const method = request.method && page.method ? (page.method.toLowerCase() === request.method ? 1 : -1) : 0;
  return kind + BONUS.method * method - 0.3 * page.titleWords.length;
}
