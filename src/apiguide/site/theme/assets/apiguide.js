// What pages do beyond showing all that they hold: nothing here is needed to read them.

"use strict";

/** Calls a function for the page, and for each that Material puts in its place (`navigation.instant`). */
function onPage(run) {
  if (window.document$) window.document$.subscribe(run);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}

/** Lists of parameters and fields: a box that shows only those whose name or description has all the words typed. */
onPage(() => {
  for (const list of document.querySelectorAll(".ag-list:has(.ag-filter)")) {
    list.querySelector(".ag-filter").hidden = false;
    list.querySelector(".ag-tools").addEventListener("input", () => filter(list));
  }
});

/** Shows what a list has for its filter, and how much that is. */
function filter(list) {
  const words = list.querySelector(".ag-filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const isShort = list.querySelector(".ag-only")?.checked;
  const found = hideOthers([...list.querySelectorAll("tbody tr")], words);
  const count = found.filter((row) => !isShort || row.classList.contains("ag-needed")).length;
  list.querySelector(".ag-found").textContent = words.length ? (count ? foundText(count) : agTexts.nothing) : "";
}

/** How many were found, in words: the plugin writes the texts of the catalogue into this file. */
function foundText(count) {
  const form = agTexts.found[new Intl.PluralRules(agTexts.language).select(count)] ?? agTexts.found.other;
  return form.replace("{count}", count);
}

/** Hides the rows that lack one of the words, and hold none that has them; gives those that have them. */
function hideOthers(rows, words) {
  const found = [];
  let level = 0; // of the last row that stays: what holds it stands above it, at a lower one
  let hasTitled = false; // whether a row stays below the title of its section
  for (const row of rows.toReversed()) {
    if (row.classList.contains("ag-section")) {
      row.classList.toggle("ag-out", !hasTitled);
      hasTitled = false;
      continue;
    }
    const text = row.textContent.toLowerCase();
    const has = words.every((word) => text.includes(word));
    const own = Number(/ag-level-(\d)/.exec(row.className)?.[1] ?? 0);
    const stays = has || own < level;
    row.classList.toggle("ag-out", !stays);
    if (stays) level = own;
    if (has) found.push(row);
    hasTitled ||= stays;
  }
  return found;
}

/** What an address leads to is shown, where it stands in a tab that is not open or in a list that is narrowed down. */
function showTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let block = target.closest(".tabbed-block"); block; block = block.parentElement.closest(".tabbed-block")) {
    const set = block.closest(".tabbed-set");
    set.querySelectorAll(":scope > input")[[...block.parentElement.children].indexOf(block)].checked = true;
  }
  const list = target.closest(".ag-list:has(.ag-filter, .ag-only)");
  if (!list || target.checkVisibility()) return;
  for (const only of list.querySelectorAll(".ag-only")) only.checked = false;
  for (const box of list.querySelectorAll(".ag-filter")) {
    box.value = "";
    filter(list);
  }
  target.scrollIntoView();
}
onPage(showTarget);
addEventListener("hashchange", showTarget);

/** A choice of format or example is no address: Material's script would put it in the place of the reader's. */
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element && event.target.closest(":is(.ag-formats, .ag-choice) > .tabbed-labels a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById(link.parentElement.htmlFor).click();
  },
  true,
);

/** What Material puts around the button of each block of code is no landmark. */
onPage(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
});

/** Lets a link to the page in another release lead to the same place of it: the `#` of the address at that moment. */
function keepPlace({ target }) {
  const link = target instanceof Element && target.closest(".ag-release-links a, .ag-banner a");
  if (link && link.hash !== location.hash) link.hash = location.hash;
}

/** Says in the selector, when it opens, which releases lack the page, as the list at the foot does. */
function markReleases({ target }) {
  if (!(target instanceof Element && target.closest(".md-version"))) return;
  const marks = [...document.querySelectorAll(".ag-release-links small")];
  for (const link of document.querySelectorAll(".md-version__link")) {
    const mark = marks.find(({ parentNode }) => parentNode.href.startsWith(link.href));
    const shown = link.querySelector("small");
    if (!mark) shown?.remove();
    else if (!shown) link.append(" ", mark.cloneNode(true));
  }
}

for (const type of ["pointerover", "focusin"]) document.addEventListener(type, markReleases);
for (const type of ["pointerdown", "focusin", "click"]) document.addEventListener(type, keepPlace, true);

/** Tells Material's search box, which listens to keys alone, of text that came without one: pasted, dictated, dropped, reset. */
function tellOfChange(box) {
  box.dispatchEvent(new KeyboardEvent("keyup"));
}

/** Fetches index and engine, so that they are there when the first word has been typed. What fails now is asked for again then. */
async function prefetchIndex() {
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  const folder = new URL("search/", new URL(`${base}/`, location));
  try {
    const { config } = await (await fetch(new URL("search_index.json", folder))).json();
    for (const name of [config.core, config.engine, config.texts]) if (name) fetch(new URL(name, folder)).catch(() => {});
  } catch {}
}

/** The search box of the header. */
onPage(() => {
  const box = document.querySelector("[data-md-component=search-query]");
  if (!box || box.dataset.agListens) return; // it stays where Material puts other pages in its place
  box.dataset.agListens = "";
  box.addEventListener("input", () => tellOfChange(box));
  box.form.addEventListener("reset", () => setTimeout(() => tellOfChange(box))); // the box is emptied after the event
  if (location.protocol.startsWith("http")) box.addEventListener("focus", prefetchIndex, { once: true });
});
