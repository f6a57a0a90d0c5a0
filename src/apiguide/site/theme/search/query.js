"use strict";
// The query: what was typed is read into a method, a path, a name and words with what may stand for them.

const LONGEST_QUERY = 1000; // a curl line may be long
const MOST_WORDS = 12;
const QUOTES = /^["'`“”‘’«»]+|["'`“”‘’«»,;:]+$/g;
const HOST = /^(?:https?:\/\/[^/?#]*|\{\{[^}]*\}\}|\$\{?\w+\}?|(?:[\w-]+(?:\.[\w-]+)+|localhost)(?::\d+)?)(?=\/)/i;
const METHOD = /^(get|post|put|patch|delete|head|options)$/i;
const CURL_OPTIONS_WITH_VALUE = new Set(
  "-H --header -d --data --data-raw -u --user -o --output -F --form".split(" "),
);

/**
 * What was typed: {text, method, path, words, isTyping} and what `nameIn` gives. `path` is "" where none was typed, `words` are
 * all words, in lower case, `isTyping` says whether the last one may go on.
 */
function readQuery(typed) {
  const text = withoutValue(typed.slice(0, LONGEST_QUERY).trim());
  const isCurl = /^curl\s/i.test(text);
  const tokens = isCurl ? tokensOfCurl(text) : text.split(/\s+/);
  const plain = tokens.map((token) => token.replace(QUOTES, "")).filter(Boolean);
  const path = pathIn(plain);
  const method = methodIn(plain, path);
  const said = path ? plain.filter((token) => !METHOD.test(token)).map(withoutHost).flatMap(literalsOf) : plain;
  const words = said.flatMap(partsOf).slice(0, MOST_WORDS);
  const isTyping = /[\p{L}\p{N}]$/u.test(typed);
  return { text, method, path, words, isTyping, ...nameIn(plain, words) };
}

/** The arguments of a curl line that say what is asked for: method and address. */
function tokensOfCurl(text) {
  const found = [];
  const tokens = text.match(/"[^"]*"?|'[^']*'?|[^\s"']+/g) || [];
  for (let i = 1; i < tokens.length; i++) {
    const joined = /^-X(\w+)$/.exec(tokens[i]);
    if (CURL_OPTIONS_WITH_VALUE.has(tokens[i])) i++;
    else if (joined) found.push(joined[1]);
    else if (!tokens[i].startsWith("-")) found.push(tokens[i]);
  }
  return found;
}

/** An address without scheme and host, which may be a variable; what has none stays. */
function withoutHost(token) {
  const address = HOST.exec(token);
  if (address) return token.slice(address[0].length);
  return /^https?:\/\//i.test(token) ? "/" : token;
}

/** `label=web1` and `"label": "web1"` without what comes after the name. */
function withoutValue(text) {
  const name = /^(?:([\w.[\]-]+?)=|["']([\w.[\]-]+)["']\s*:)/.exec(text);
  return name ? (name[1] ?? name[2]) : text;
}

/** The path among what was typed: the first token with a `/`, or with the ending of a format. */
function pathIn(tokens) {
  const token = tokens.find((each) => each.includes("/") || (ENDING.test(each) && each.length > 5));
  return token ? withoutHost(token) : "";
}

/** What a path says in words: the segments that stand for no value, unless all do. */
function literalsOf(token) {
  const segments = token.includes("/") ? segmentsOf(token) : [token];
  const literals = segments.filter((segment) => !isValue(segment));
  return literals.length ? literals : segments;
}

/** The method: any word for one before a path, else only in capitals, since `get user` is a title. */
function methodIn(tokens, path) {
  const method = tokens.find((each) => METHOD.test(each) && (path || each === each.toUpperCase()));
  return method ? method.toLowerCase() : "";
}

/**
 * The name that may be meant: {nameWords, tellingWords, holders, isOneName, isWrittenAsName}. It is all words, or the last one
 * in brackets or after a dot; `holders` are the names around it, as in `period[startdate]`. `tellingWords` go without stop words.
 */
function nameIn(tokens, words) {
  const token = tokens.length === 1 ? tokens[0] : "";
  const names = /[[.]/.test(token) ? token.split(/[[\].]+/).filter(Boolean) : [];
  const isOneName = tokens.length === 1 && !token.includes("/");
  const isWrittenAsName = isOneName && /\w_\w|[a-z][A-Z]|\[/.test(token);
  const telling = words.filter((word) => !isStopWord(word));
  const tellingWords = telling.length ? telling : words;
  const found = { nameWords: words, tellingWords, holders: [], isOneName, isWrittenAsName };
  if (names.length < 2 || names.some((name) => /^\d+$/.test(name))) return found;
  const nameWords = partsOf(names.at(-1));
  return { ...found, nameWords, tellingWords: nameWords, holders: names.slice(0, -1) };
}

/** Whether a word says nothing about what is looked for. */
function isStopWord(word) {
  return STOP_WORDS.has(word);
}

/**
 * What is asked for, one after another: {words, alternatives, isStop}. An alternative is a list of words that may stand for
 * them; phrases come before their words, so that `turn off` is one thing.
 */
function readWords(request, index, vocabulary) {
  const { words } = request;
  const isAllStop = words.every(isStopWord);
  const asked = [];
  for (let i = 0; i < words.length; ) {
    const phrase = request.isWrittenAsName ? { length: 1, others: [] } : longestPhrase(words, i, index, vocabulary);
    const own = words.slice(i, i + phrase.length);
    const isLast = i + phrase.length === words.length;
    const isTyping = isLast && request.isTyping;
    const isStop = !isAllStop && phrase.length === 1 && isStopWord(own[0]) && !phrase.others.length;
    asked.push({ words: own, alternatives: phrase.others, isStop, isTyping });
    i += phrase.length;
  }
  return asked;
}

/** The longest phrase from a place on that something stands for: {length, others}. */
function longestPhrase(words, from, index, vocabulary) {
  for (let length = Math.min(4, words.length - from); length > 0; length--) {
    const others = alternativesOf(words.slice(from, from + length), index, vocabulary);
    if (others.length || length === 1) return { length, others };
  }
  return { length: 1, others: [] };
}

/** What may stand for a phrase: its synonyms, and the same letters cut otherwise (`back up` and `backup`). */
function alternativesOf(words, index, vocabulary) {
  const joined = words.join("");
  const synonyms = index.synonyms.get(words.map(stemOf).join(" ")) ?? index.synonyms.get(stemOf(joined)) ?? [];
  const others = synonyms.map((phrase) => phrase.split(" "));
  if (words.length > 1 && words.length < 4 && vocabulary.isInTitlesOrNames(joined)) others.push([joined]);
  if (words.length === 1 && joined.length > 5 && !vocabulary.has(joined)) others.push(...splitWord(joined, vocabulary));
  return others;
}

/** A word that stands nowhere as two that stand in titles: `datastore` → `data store`. */
function splitWord(word, vocabulary) {
  for (let at = 3; at <= word.length - 3; at++) {
    const two = [word.slice(0, at), word.slice(at)];
    if (two.every((each) => vocabulary.isInTitles(each))) return [two];
  }
  return [];
}
