"use strict";
// Results: what was found as items of Material's dialog, which puts titles and texts in as HTML.

const MOST_RESULTS = 30;
const LONGEST_SHOWN = 60; // letters of what was typed, where it is repeated
const SNIPPET = { before: 60, length: 180 };
const ESCAPES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&quot;"], ["'", "&#39;"]]);
const WORD_OR_SIGN = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[&<>"']/gu;

/** Text as HTML. */
function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (sign) => ESCAPES.get(sign));
}

/** What tells whether a word is one of those that were found; it remembers, since texts repeat their words. */
function marker(marks) {
  const words = [...new Set(marks)].filter((mark) => mark.length > 1 && !STOP_WORDS.has(mark));
  const stems = new Set(words.map(stemOf));
  const known = new Map();
  return (text) => {
    let isMarked = known.get(text);
    if (isMarked === undefined) {
      const word = text.toLowerCase().replace(/['’]/g, "");
      isMarked = stems.has(stemOf(word)) || words.some((mark) => word.startsWith(mark));
      known.set(text, isMarked);
    }
    return isMarked;
  };
}

/** Text as HTML, with the words that were found in <mark>. */
function markWords(text, isMarked) {
  return String(text).replace(WORD_OR_SIGN, (piece) => {
    if (ESCAPES.has(piece)) return ESCAPES.get(piece);
    return isMarked(piece) ? `<mark>${escapeHtml(piece)}</mark>` : escapeHtml(piece);
  });
}

/** Method and path of an endpoint, as pages show them. */
function endpointLine(page, isMarked) {
  if (!page.method) return "";
  const method = String(page.method);
  const style = method.toLowerCase().replace(/[^a-z]/g, "");
  const badge = `<span class="ag-method ag-method--${style}">${escapeHtml(method)}</span>`;
  return `<p class="ag-found">${badge} <code>${markWords(page.path, isMarked)}</code></p>`;
}

/** An address within the site: one that could be anything else is made relative. */
function safeLocation(url) {
  return /^[^/?#]*:|^[/\\\s]/.test(url) ? `./${url}` : url;
}

/** An item of the dialog. Its `terms` stay empty, so that no address gets `?h=`. */
function itemOf(url, title, text, score) {
  return { location: safeLocation(url), title, text, score, terms: {} };
}

/** A piece of a page's text around the words found, or its first sentence where that, or the title, says enough. */
function snippetOf(page, texts, isMarked) {
  const hasMark = (text) => (text.match(WORD_OR_SIGN) || []).some(isMarked);
  const text = texts?.[page.id] ?? "";
  const isReference = page.kind === KIND.endpoint || page.kind === KIND.resource;
  if (!text || (isReference && page.text && (hasMark(page.text) || hasMark(page.title)))) return page.text;
  const at = richestPlace(text, isMarked);
  if (at < 0) return page.text || cut(text, 0);
  return cut(text, at < SNIPPET.before ? 0 : text.indexOf(" ", at - SNIPPET.before) + 1);
}

/** Where the piece of a text begins that has most of the words found; -1 where it has none. */
function richestPlace(text, isMarked) {
  const found = [...text.matchAll(WORD_OR_SIGN)].filter(([word]) => isMarked(word));
  let best = -1;
  let most = 0;
  found.forEach(({ index }, i) => {
    const words = new Set();
    for (let j = i; j < found.length && found[j].index < index + SNIPPET.length - SNIPPET.before; j++) {
      words.add(stemOf(found[j][0].toLowerCase()));
    }
    if (words.size > most) [best, most] = [index, words.size];
  });
  return best;
}

/** A piece of a text that ends with a word. */
function cut(text, from) {
  const isRest = text.length - from < SNIPPET.length + 20;
  const end = isRest ? text.length : Math.max(text.lastIndexOf(" ", from + SNIPPET.length), from + SNIPPET.length / 2);
  return `${from ? "… " : ""}${text.slice(from, end)}${isRest ? "" : " …"}`;
}

/** What is shown below the title of a page. */
function textOf(page, texts, isMarked) {
  const snippet = snippetOf(page, texts, isMarked);
  return endpointLine(page, isMarked) + (snippet ? `<p>${markWords(snippet, isMarked)}</p>` : "");
}

/** What is shown below a name: the endpoint, and whether it takes the name or returns it; of other pages a piece of their text. */
function textOfRow(term, use, page, texts, isMarked) {
  if (!page.method || term.kind === TERM.status) return textOf(page, texts, isMarked);
  return endpointLine(page, isMarked) + `<p>${said(use.isSent ? "sent" : "returned")}</p>`;
}

/** Rows of names on a page, as sections that lead to them. */
function rowItems(hit, texts, isMarked, score) {
  const items = [];
  const seen = new Set();
  for (const { term, use } of hit.rows) {
    if (!use.anchor || seen.has(use.anchor)) continue;
    seen.add(use.anchor);
    const text = items.length ? "" : textOfRow(term, use, hit.page, texts, isMarked);
    const url = `${hit.page.url.replace(/#.*$/s, "")}#${use.anchor}`;
    items.push(itemOf(url, `<code>${markWords(term.text, isMarked)}</code>`, text, score));
  }
  return items;
}

/** The groups of the dialog, one for each page, whose scores fall with their order: Enter takes the highest. */
function itemsOf(result, texts, mostResults = MOST_RESULTS) {
  const isMarked = marker(result.marks);
  const groups = new Map(); // number of the page → {page, hit, sections}
  for (const hit of result.hits) {
    const page = hit.page.kind === KIND.section ? (hit.page.parent ?? hit.page) : hit.page;
    const group = groups.get(page.id);
    if (group) {
      if (hit.page === page) group.hit = hit;
      else if (group.sections.length < 5) group.sections.push(hit);
    } else if (groups.size < mostResults) {
      const isOwn = hit.page === page;
      groups.set(page.id, { page, hit: isOwn ? hit : null, first: hit, sections: isOwn ? [] : [hit] });
    }
  }
  return [...groups.values()].map((group, order) => groupItems(group, mostResults + 10 - order, texts, isMarked));
}

/** One group: the page, then its rows or sections. What explains the hit is shown at once, the rest folded below. */
function groupItems({ page, hit, first, sections }, score, texts, isMarked) {
  const isRow = hit !== null && hit.isNamed;
  const rows = hit ? rowItems(hit, texts, isMarked, isRow ? score + 0.5 : score - 0.5) : [];
  const own = itemOf(page.url, markWords(page.title, isMarked), textOf(page, texts, isMarked), score);
  const others = sections.map((section) => {
    const title = markWords(section.page.title, isMarked);
    const own = section === first ? score + 0.25 : score - 0.5;
    return itemOf(section.page.url, title, textOf(section.page, texts, isMarked), own);
  });
  return [own, ...rows, ...others].sort((a, b) => (a === own ? -1 : b === own ? 1 : b.score - a.score));
}

/** Items for what only other releases have, after all others. */
function elsewhereItems(elsewhere, result) {
  const isMarked = marker(result.marks.length ? result.marks : result.request.words);
  const groups = [];
  for (const page of elsewhere.pages) {
    const title = said("page-in", { page: markWords(page.title, isMarked), release: escapeHtml(page.release) });
    const text = `${endpointLine(page, isMarked)}<p>${said("not-here")}</p>`;
    groups.push([itemOf(page.url, title, text, 0)]);
  }
  for (const term of elsewhere.terms) {
    const name = `<code>${markWords(term.text, isMarked)}</code>`;
    const home = itemOf(term.url.replace(/#.*$/s, ""), said("in", { release: escapeHtml(term.release) }), "", 0);
    const text = `<p>${said("not-here")}</p>`;
    groups.push([home, itemOf(term.url, name, text, 0.1)]);
  }
  groups.forEach((group, order) => group.forEach((item) => (item.score += 5 - order / 10)));
  return groups;
}

/** What other releases have of what was asked for, and this one has not: {pages, terms}, a few of each. */
function searchElsewhere(elsewhere, result) {
  const { request } = result;
  const most = 5;
  if (request.path) {
    const scores = [...scorePaths(elsewhere.pages, request.path, request.method)].sort((a, b) => b[1] - a[1]);
    const best = scores.filter(([, score]) => score > scores[0][1] - 50).slice(0, most); // not those of another method
    return { pages: best.map(([id]) => elsewhere.pages[id]), terms: [] };
  }
  const needed = request.words.filter((word) => !STOP_WORDS.has(word)).map(stemOf);
  const hasAll = (page) => needed.length && needed.every((stem) => ` ${page.stems} `.includes(` ${stem} `));
  const terms = findNames(elsewhere.terms, request.nameWords, request.isTyping).map(({ term }) => term);
  return { pages: elsewhere.pages.filter(hasAll).slice(0, most), terms: terms.slice(0, most) };
}

/** Where nothing was found: the dictionary of names, if the guide has one. */
function nothingItems(index, typed) {
  const home = index.pages.find(({ kind, url }) => kind === KIND.page && url === (index.names || "names/"));
  if (!home) return [];
  const asked = escapeHtml(typed.trim().slice(0, LONGEST_SHOWN));
  const text = `<p>${said("nothing", { asked })}</p>`;
  return [[itemOf(home.url, escapeHtml(home.title), text, 1)]];
}
