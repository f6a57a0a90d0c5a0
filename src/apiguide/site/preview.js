// Stands in the pages that `apiguide serve` shows, and only there: reloads the page when it has become another one, and
// shows what keeps the guide from being built.
(() => {
  "use strict";
  let { site, state } = document.currentScript.dataset;
  let page = location.pathname;
  let seen = "";
  let stopWaiting = () => {};

  function show(problems) {
    let box = document.getElementById("apiguide-problems");
    if (!problems) {
      box?.remove();
      return;
    }
    if (!box) {
      box = document.createElement("pre");
      box.id = "apiguide-problems";
      box.setAttribute("role", "alert");
      Object.assign(box.style, {
        position: "fixed", inset: "auto 0 0 0", zIndex: 1000, margin: 0, padding: "1em", maxHeight: "50vh",
        overflow: "auto", font: "13px/1.5 monospace", whiteSpace: "pre-wrap",
        color: "#fff", background: "#7a1010", borderTop: "3px solid #ff6b6b",
      });
      document.body.append(box);
    }
    box.textContent = problems;
  }

  // A page in view waits for the answer; a hidden one asks every second, since a browser opens only a few connections
  // to one host.
  async function ask() {
    const waits = document.visibilityState === "visible";
    const waiting = new AbortController();
    stopWaiting = () => waiting.abort();
    if (page !== location.pathname) {
      page = location.pathname;
      site = null; // put in place without being loaded, as by navigation.instant
    }
    const query = new URLSearchParams({ seen: site === null ? "" : seen, wait: waits, page });
    const response = await fetch(`${state}?${query}`, { signal: waiting.signal });
    const news = await response.json();
    if (page !== location.pathname) {
      return; // the news is of a page that has been left
    }
    if (site === null && news.seen === seen) { // nothing has been built since, so it is the page in view
      site = news.site;
    }
    if (news.site !== site) {
      location.reload();
      await new Promise(() => {});
    }
    seen = news.seen;
    show(news.problems);
    if (!waits) {
      await second();
    }
  }

  function second() {
    return new Promise((done) => {
      stopWaiting = done;
      setTimeout(done, 1000);
    });
  }

  async function follow() {
    for (;;) {
      try {
        await ask();
      } catch (error) {
        // Aborted because the page came into view or left it: asks again at once. Else the preview has ended or starts
        // anew.
        if (error.name !== "AbortError") {
          await second();
        }
      }
    }
  }

  document.addEventListener("visibilitychange", () => stopWaiting());
  setInterval(() => page !== location.pathname && stopWaiting(), 500);
  follow();
})();
