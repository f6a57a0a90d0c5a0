// What pages do beyond showing all that they hold: nothing here is needed to read them.

"use strict";

/** Calls a function for the page, and for each that Material puts in its place (`navigation.instant`). */
function onPage(run) {
  if (window.document$) window.document$.subscribe(run);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}

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
