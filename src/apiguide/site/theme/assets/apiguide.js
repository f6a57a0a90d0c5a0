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
for (const type of ["pointerdown", "focusin", "click"]) document.addEventListener(type, keepPlace, true);
