// What pages do beyond showing all that they hold: nothing here is needed to read them.

"use strict";

/** Calls a function for the page, and for each that Material puts in its place (`navigation.instant`). */
function onPage(run) {
  if (window.document$) window.document$.subscribe(run);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}
