"use strict";
// The vocabulary: every word of titles, paths, names and texts, with the pages where it stands and what it weighs there.

const WEIGHT = { title: 10, sectionTitle: 8, place: 5, oneName: 5, partOfName: 3.5, method: 2, prose: 2, docsProse: 3.5 };
const LIKENESS = { plural: 0.9, root: 0.6 };
const LENGTH_OF_PREFIX = { name: 2, prose: 3 }; // fewer letters that were typed so far find titles only

function meanOf(counts) {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

/** What a word says of a page that has as many: less where they are many. */
function factorOfLength(count, mean) {
  return 1 / (0.6 + 0.4 * Math.sqrt(count / mean));
}

/** Words by what they have in common: Map(key → words). */
function groupBy(words, keyOf) {
  const groups = new Map();
  for (const word of words) {
    const key = keyOf(word);
    const group = groups.get(key);
    if (group) group.push(word);
    else groups.set(key, [word]);
  }
  return groups;
}

class Vocabulary {
  /** Reads titles, paths and names; texts follow by `addTexts`. */
  constructor(pages, terms) {
    this.pages = pages;
    this.terms = terms;
    this.entries = new Map(); // word → where it stands: numbers of pages, and of terms
    this.known = new Map();
    for (const page of pages) this.#addPage(page);
    terms.forEach((term, number) => {
      for (const part of new Set(term.parts)) this.#entry(part).terms.push(number);
    });
    this.nameCounts = new Uint32Array(pages.length);
    for (const term of terms) for (const { page } of term.uses) this.nameCounts[page]++;
    this.meanNames = Math.max(1, meanOf(this.nameCounts));
    this.#finish();
  }

  #addPage(page) {
    for (const word of new Set(wordsOf(page.title))) this.#entry(word).titles.push(page.id);
    const literal = page.segments.filter((segment) => !isPlaceholder(segment));
    const places = new Set([...literal.flatMap(partsOf), ...(page.parent?.titleWords ?? [])]);
    for (const word of places) this.#entry(word).places.push(page.id);
    if (page.method) this.#entry(page.method.toLowerCase()).methods.push(page.id);
    if (page.text) for (const word of new Set(wordsOf(page.text))) this.#entry(word).prose.push(page.id);
  }

  #entry(word) {
    let entry = this.entries.get(word);
    if (!entry) {
      entry = { titles: [], places: [], methods: [], terms: [], prose: [], weights: null };
      this.entries.set(word, entry);
    }
    return entry;
  }

  /** Adds prose: texts by page, or a Map(word → pages). */
  addTexts(texts, words) {
    texts?.forEach((text, id) => {
      for (const word of new Set(wordsOf(text))) if (word.length > 1) this.#entry(word).prose.push(id);
    });
    for (const [word, ids] of words ?? []) {
      const [plain] = partsOf(word);
      if (plain) for (const id of ids) this.#entry(plain).prose.push(id);
    }
    for (const entry of this.entries.values()) entry.weights = null;
    this.known.clear();
    this.#finish();
  }

  #finish() {
    this.sorted = [...this.entries.keys()].sort();
    this.wordCounts = new Uint32Array(this.pages.length);
    for (const { prose } of this.entries.values()) for (const id of prose) this.wordCounts[id]++;
    this.meanCount = Math.max(1, meanOf(this.wordCounts));
    this.stems = groupBy(this.sorted, stemOf);
    this.roots = groupBy(this.sorted, rootOf);
  }

  /** Whether a word stands somewhere, in any number. */
  has(word) {
    return this.stems.has(stemOf(word));
  }

  /** Whether a word stands in a title, in any number. */
  isInTitles(word) {
    return (this.stems.get(stemOf(word)) ?? []).some((each) => this.entries.get(each).titles.length);
  }

  /** Whether a word stands in a title or a name. */
  isInTitlesOrNames(word) {
    const entry = this.entries.get(word);
    return Boolean(entry && (entry.titles.length || entry.terms.length));
  }

  /** The words that begin with some letters. */
  beginningWith(letters) {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < letters) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let i = low; i < this.sorted.length && this.sorted[i].startsWith(letters); i++) found.push(this.sorted[i]);
    return found;
  }

  /** What a word weighs on pages, by where it stands: Map(page → weight), of the strongest place. */
  #weights(word) {
    const entry = this.entries.get(word);
    if (!entry.weights) {
      const weights = { titles: new Map(), names: new Map(), prose: new Map() };
      for (const id of entry.methods) weights.titles.set(id, WEIGHT.method);
      for (const id of entry.places) weights.titles.set(id, WEIGHT.place);
      for (const id of entry.titles) {
        weights.titles.set(id, this.pages[id].kind === KIND.section ? WEIGHT.sectionTitle : WEIGHT.title);
      }
      for (const number of entry.terms) this.#weighTerm(this.terms[number], weights.names);
      for (const id of entry.prose) {
        const weight = this.pages[id].kind > KIND.resource ? WEIGHT.docsProse : WEIGHT.prose;
        weights.prose.set(id, weight * factorOfLength(this.wordCounts[id], this.meanCount));
      }
      entry.weights = weights;
    }
    return entry.weights;
  }

  #weighTerm(term, weights) {
    const weight = term.parts.length === 1 ? WEIGHT.oneName : WEIGHT.partOfName;
    for (const use of term.uses) {
      const own = weight * (use.isSent ? 1 : 0.8) * factorOfLength(this.nameCounts[use.page], this.meanNames);
      if (!(weights.get(use.page) >= own)) weights.set(use.page, own);
    }
  }

  /** What a word finds: {weights: by number of page, count}. A word still being typed finds those that begin with it. */
  find(word, isTyping) {
    const key = isTyping ? `${word} ` : word;
    let found = this.known.get(key);
    if (!found) {
      if (this.known.size > 300) this.known.clear();
      this.known.set(key, (found = this.#compute(word, isTyping)));
    }
    return found;
  }

  #compute(word, isTyping) {
    const weights = new Float32Array(this.pages.length);
    const put = (found, factor) => {
      for (const [id, weight] of found) if (weight * factor > weights[id]) weights[id] = weight * factor;
    };
    for (const other of this.stems.get(stemOf(word)) ?? []) {
      for (const found of Object.values(this.#weights(other))) put(found, other === word ? 1 : LIKENESS.plural);
    }
    for (const other of this.roots.get(rootOf(word)) ?? []) {
      for (const found of Object.values(this.#weights(other))) put(found, LIKENESS.root);
    }
    for (const other of isTyping ? this.beginningWith(word) : []) {
      if (other === word) continue;
      const factor = 0.5 + (0.3 * word.length) / other.length;
      const found = this.#weights(other);
      put(found.titles, factor);
      if (word.length >= LENGTH_OF_PREFIX.name) put(found.names, factor);
      if (word.length >= LENGTH_OF_PREFIX.prose) put(found.prose, factor);
    }
    let count = 0;
    for (const weight of weights) count += weight > 0;
    return { weights, count };
  }

  /** The words that differ from one by a slip, from eight letters on by two: the most important first. */
  near(word) {
    if (word.length < 3 || word.length > LONGEST_WORD || /\d/.test(word)) return [];
    const most = word.length < 8 ? 1 : 2;
    let least = most;
    let found = [];
    for (const other of this.sorted) {
      if (other.length > LONGEST_WORD || !maySlip(word, other, least)) continue;
      const slips = slipsBetween(word, other, least);
      if (!slips || slips > least) continue;
      if (slips < least) found = [];
      least = slips;
      found.push(other);
    }
    const sameStart = found.filter((other) => other[0] === word[0]); // the first letter is seldom wrong
    if (sameStart.length) found = sameStart;
    const order = (other) => (other.length >= word.length ? 2 : 1) * this.#importance(other); // letters are rather forgotten
    return found.sort((a, b) => order(b) - order(a)).slice(0, 4);
  }

  #importance(word) {
    const { titles, terms, prose } = this.entries.get(word);
    return 9 * titles.length + 3 * terms.length + prose.length;
  }
}
