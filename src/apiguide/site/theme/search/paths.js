"use strict";
// Paths: what was typed is held against the paths of endpoints, segment by segment.

const ENDING = /\.(json|xml|\{format\}|:format)$/i;
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

/** The segments of a path in lower case, without its query and its ending; a colon that begins no placeholder ends one. */
function segmentsOf(path) {
  return path
    .toLowerCase()
    .replace(/[?#].*$/s, "")
    .replace(ENDING, "")
    .replace(/([a-z0-9}>]):/g, "$1/")
    .split("/")
    .filter(Boolean);
}

/** Whether a segment of an endpoint's path stands for a value. */
function isPlaceholder(segment) {
  return segment.startsWith(":") || segment.startsWith("{");
}

/** Whether what was typed looks like a value, or like a placeholder of any notation: `12`, `a1b2`, `:id`, `{id}`, `<id>`, `*`. */
function isValue(segment) {
  return /^[:{<*$[]|\d|^(x|id|uuid)$/.test(segment);
}

/** How well one segment fits: 0 is not at all. */
function fitOfSegment(asked, own, isTyping) {
  if (isPlaceholder(own)) return asked === own ? 1.1 : isValue(asked) ? 1 : 0.35;
  if (asked === own) return 1.2;
  if (isTyping && own.startsWith(asked)) return 0.8;
  return isTyping && own.length < 40 && own.includes(asked) && asked.length > 2 ? 0.5 : 0;
}

/** How the segments asked for, from number `from` on, fit those of a path at one shift: [sum, exact ones, how many], or null. */
function fitAt(asked, own, shift, from, isTyping) {
  let sum = 0;
  let exact = 0;
  for (let i = from; i < asked.length; i++) {
    const fit = fitOfSegment(asked[i], own[shift + i], isTyping && i === asked.length - 1);
    if (!fit) return null;
    sum += fit;
    exact += fit > 1.1;
  }
  return [sum, exact, asked.length - from];
}

/** Whether what stands before a path may be where the API is mounted: `/api/v1`, but no values. */
function isMount(segments) {
  return segments.every((segment) => /^\p{L}/u.test(segment));
}

/** How well a path fits at one shift: a negative one leaves segments before it. 0 is not at all. */
function scoreAt(request, own, shift) {
  const { segments, isRooted, isTyping } = request;
  const from = Math.max(0, -shift);
  const isEnd = shift + segments.length === own.length;
  if (shift + segments.length > own.length || from >= segments.length) return 0;
  if (from && !(isRooted && isEnd && isMount(segments.slice(0, from)))) return 0;
  const fit = fitAt(segments, own, shift, from, isTyping);
  if (!fit) return 0;
  const [sum, exact, count] = fit;
  if (!exact && sum < 0.5 && !segments.every(isValue)) return 0;
  if (from && (!exact || (count < 2 && own.length > 1))) return 0;
  const isStart = shift <= 0;
  const place = isStart && isEnd ? 60 : isEnd ? 40 : isStart ? (isRooted ? 35 : 30) : 10;
  return (40 * sum) / count + place - 2 * (own.length - count) - 8 * from;
}

/** What the method adds where one was typed; else reading comes before writing. */
function scoreOfMethod(asked, own) {
  if (!asked) return 0.5 - METHODS.indexOf(own) / 10;
  return asked === own ? 30 : own.startsWith(asked) ? 15 : -30;
}

/** What was typed as a path, ready to be held against others. */
function pathRequest(text) {
  const isTyping = !text.endsWith("/") && !ENDING.test(text);
  return { segments: segmentsOf(text), isRooted: text.startsWith("/"), isTyping };
}

/** How well pages with a path fit one that was typed: Map(number of the page → score). Whole ones score over 90. */
function scorePaths(pages, text, method) {
  const scores = new Map();
  const request = pathRequest(text);
  const { segments } = request;
  if (!segments.length || segments.length > 30) return scores;
  for (const page of pages) {
    if (!page.path) continue;
    let best = 0;
    const lastShift = page.segments.length - segments.length;
    for (let shift = Math.min(0, lastShift); shift <= lastShift; shift++) {
      best = Math.max(best, scoreAt(request, page.segments, shift));
    }
    if (best > 0) scores.set(page.id, best + scoreOfMethod(method, page.method.toLowerCase()));
  }
  return scores;
}

/** The same, and where nothing fits, without the last segment, and so on, as long as more than values is left. */
function scoreNearestPaths(pages, text, method) {
  let scores = scorePaths(pages, text, method);
  let shorter = text.replace(/[?#].*$/s, "");
  while (!scores.size && shorter.includes("/")) {
    shorter = shorter.replace(/\/*[^/]*$/, "");
    if (segmentsOf(shorter).every(isValue)) break;
    scores = scorePaths(pages, `${shorter}/`, method); // its last segment is whole
  }
  return scores;
}
