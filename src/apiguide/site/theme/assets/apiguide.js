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
    const box = list.querySelector(".ag-filter");
    const found = list.querySelector(".ag-found");
    const rows = [...list.querySelectorAll("tbody tr")];
    box.hidden = false;
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      const count = filter(rows, words);
      found.textContent = words.length ? (count ? `${count} found` : "Nothing found") : "";
    });
  }
});

/** Hides the rows that lack one of the words, and hold none that has them; gives how many have them. */
function filter(rows, words) {
  let count = 0;
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
    count += has;
    hasTitled ||= stays;
  }
  return count;
}

/** What an address leads to is shown, where it stands in a tab that is not open. */
function openTab() {
  const target = document.getElementById(location.hash.slice(1));
  for (let block = target && target.closest(".tabbed-block"); block; block = block.parentElement.closest(".tabbed-block")) {
    const set = block.closest(".tabbed-set");
    set.querySelectorAll(":scope > input")[[...block.parentElement.children].indexOf(block)].checked = true;
  }
}
onPage(openTab);
addEventListener("hashchange", openTab);

/** What Material puts around the button of each block of code is no landmark. */
onPage(() => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none");
});

/** Lets a link to the page in another release lead to the same place of it: the `#` of the address at that moment. */
function keepPlace({ target }) {
  const link = target instanceof Element && target.closest(".ag-editions a, .ag-banner a");
  if (link && link.hash !== location.hash) link.hash = location.hash;
}

/** Says in the selector, when it opens, which releases lack the page, as the list at the foot does. */
function markReleases({ target }) {
  if (!(target instanceof Element && target.closest(".md-version"))) return;
  const marks = [...document.querySelectorAll(".ag-editions small")];
  for (const link of document.querySelectorAll(".md-version__link")) {
    const mark = marks.find(({ parentNode }) => parentNode.href.startsWith(link.href));
    const shown = link.querySelector("small");
    if (!mark) shown?.remove();
    else if (!shown) link.append(" ", mark.cloneNode(true));
  }
}

for (const type of ["pointerover", "focusin"]) document.addEventListener(type, markReleases);
for (const type of ["pointerdown", "focusin", "click"]) document.addEventListener(type, keepPlace, true);
