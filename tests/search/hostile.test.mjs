import assert from "node:assert/strict";
import { test } from "node:test";
import { textOfHtml } from "./html.mjs";
import { library } from "./library.mjs";
import { answer, loadEngine, prepare } from "./load.mjs";

const engine = loadEngine("search", "elsewhereItems", "searchElsewhere", "nothingItems", "safeLocation");

const STEMS = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", '"><b>', "'><i>", "<!--", "-->", "&lt;b&gt;",
  "&#60;b&#62;", "&amp", "<mark>", "</mark>", "</p></article></a>", "<a href=javascript:alert(1)>", '" onmouseover="alert(1)',
  "' onfocus='alert(1)", "<math><mtext></table>", "<b", "b>", "\u0000<b>", "<\u2028b>", "${alert(1)}", "{{7*7}}", "]]>", "<?php ?>", "<style>*{}</style>", "\\x3cb\\x3e",
];
const PAYLOADS = STEMS.flatMap((stem) => [stem, `word ${stem}`, `${stem} word`, `wo${stem}rd`, `${stem}${stem}`, stem.toUpperCase(), `a_${stem}_b`, `/${stem}/:id`]);

/** Every HTML of groups, read strictly. */
function readAll(groups) {
  return groups.flat().flatMap(({ title, text }) => [textOfHtml(title), textOfHtml(text)]);
}

/** The library with a hostile text everywhere. */
function hostileLibrary(payload) {
  const files = library();
  files.core.pages.push([2, "hostile/", `Zebra ${payload}`, "", "", payload, -1]);
  files.core.pages.push([3, "hostile/#part", `Zebra part ${payload}`, "", "", payload, 14]);
  files.core.pages.push([0, "hostile/endpoint/", `Zebra endpoint ${payload}`, `GET${payload}`, `/zebras/${payload}`, payload, 14]);
  files.core.prefixes.push(`body-${payload}-`);
  files.core.terms.push([0, payload, [16, 1, 9]], [1, `zebra ${payload}`, [16, 0, 9]], [0, "zebra_stripe", [16, 1, 9]]);
  files.core.synonyms[payload] = ["book"];
  files.core.synonyms.gnu = [payload];
  files.texts.texts[14] = files.texts.texts[15] = files.texts.texts[16] = `Of zebras ${payload} and more`;
  files.elsewhere.pages.push([payload, 0, `../2.0/${payload}`, `Okapi ${payload}`, payload, `/okapis/${payload}`]);
  files.elsewhere.names.push([`okapi_${payload}`, payload, "../2.0/okapis/#x"]);
  return prepare(files);
}

test("there are more than 200 payloads", () => assert.ok(new Set(PAYLOADS).size > 200));

for (const stem of STEMS) {
  test(`${JSON.stringify(stem)} in a guide and in what is typed stays text`, () => {
    for (const payload of PAYLOADS.filter((each) => each.toLowerCase().includes(stem.toLowerCase()))) {
      const guide = hostileLibrary(payload);
      for (const typed of ["zebra", "zebra_stripe", "/zebras/x", payload, `zebra ${payload}`, "okapi", "gnu", `/okapis/${payload}`]) {
        readAll(answer(guide, typed));
        const result = engine.search(guide.index, guide.vocabulary, typed);
        readAll(engine.elsewhereItems(engine.searchElsewhere(guide.index.elsewhere, result), result));
        readAll(engine.nothingItems(guide.index, typed));
      }
      const shown = answer(guide, "zebra").flat();
      assert.ok(shown.some(({ title }) => textOfHtml(title) === `Zebra ${payload}`), "the title is shown as it is");
    }
  });
}

test("an address that leads out of the site, or runs, is made one of the site's", () => {
  const base = "http://library.test/latest/";
  for (const url of ["javascript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.test", "\\\\evil.test", "/\\evil.test"]) {
    assert.ok(new URL(engine.safeLocation(url), base).href.startsWith(base), url);
  }
  assert.equal(engine.safeLocation("../2.0/books/"), "../2.0/books/");
  assert.equal(engine.safeLocation("books/#body-a:b"), "books/#body-a:b");
});

for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
  test(`${name} may be a name, a word, a title and a synonym`, () => {
    const files = library();
    files.core.pages.push([0, "odd/", `Get ${name}`, "GET", `/odd/${name}`, `Of ${name}.`, -1]);
    files.core.terms.push([0, name, [14, 1, 0]]);
    files.core.synonyms = JSON.parse(`{"${name}": ["book"], "gnu": ["${name}"]}`);
    files.texts = { words: JSON.parse(`{"${name}": [14]}`) };
    const guide = prepare(files);
    for (const typed of [name, `Get ${name}`, `/odd/${name}`, `odd ${name}`]) {
      assert.ok(answer(guide, typed).flat().some(({ location }) => location.startsWith("odd/")), typed);
    }
    assert.ok(answer(guide, "gnu").length);
  });
}
