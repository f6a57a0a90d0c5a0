import assert from "node:assert/strict";
import { test } from "node:test";
import { textOfHtml } from "./html.mjs";
import { library } from "./library.mjs";
import { answer, loadEngine, prepare } from "./load.mjs";

const engine = loadEngine("search", "itemsOf", "elsewhereItems", "searchElsewhere", "nothingItems", "decodeCore", "Vocabulary", "decodeElsewhere");
const guide = prepare(library());

test("an endpoint shows its method and its path, and what was found is marked", () => {
  const [[item]] = answer(guide, "books/12/loans");
  assert.equal(item.title, "List <mark>loans</mark> of <mark>book</mark>");
  const badge = '<span class="ag-method ag-method--get">GET</span>';
  assert.equal(item.text, `<p class="ag-found">${badge} <code>/<mark>books</mark>/:<mark>book</mark>_id/<mark>loans</mark></code></p><p>Returns who has had it.</p>`);
});

test("scores fall with the order of groups, and terms are empty", () => {
  for (const typed of ["book", "isbn", "id", "due_date", "errors"]) {
    const groups = answer(guide, typed);
    assert.ok(groups.length);
    for (const item of groups.flat()) assert.deepEqual(item.terms, {});
    const best = groups.map((group) => Math.max(...group.map(({ score }) => score)));
    const own = groups.map(([page]) => page.score);
    assert.ok(best.every((score, i) => !i || score < own[i - 1]), `${typed}: ${best} of ${own}`);
  }
});

test("the page is the first item of its group, the only one without an anchor", () => {
  for (const typed of ["due_date", "errors", "collides", "422", "book"]) {
    for (const group of answer(guide, typed)) {
      assert.ok(!group[0].location.includes("#"));
      assert.ok(group.slice(1).every((item) => item.location.includes("#")));
    }
  }
});

test("a section shows the piece of its text that has the words", () => {
  const [[page, section]] = answer(guide, "shelf mark collides");
  assert.equal(page.location, "requests/");
  assert.equal(section.location, "requests/#errors");
  assert.match(section.text, /^<p>… \p{L}.*<mark>shelf<\/mark> <mark>mark<\/mark> <mark>collides<\/mark>/u);
});

test("no more than thirty pages are shown", () => {
  const { core, texts } = library();
  for (let i = 0; i < 100; i++) core.pages.push([0, `books/${i}/`, `Book ${i}`, "GET", `/books/${i}`, "", 2]);
  assert.equal(answer(prepare({ core, texts }), "book").length, 30);
});

test("what only another release has says so and leads there, a name to its row", () => {
  const { index, vocabulary } = guide;
  const show = (typed) => {
    const result = engine.search(index, vocabulary, typed);
    return engine.elsewhereItems(engine.searchElsewhere(index.elsewhere, result), result);
  };
  const [[pen]] = show("POST /pens/12/sharpen");
  assert.equal(pen.location, "../2.0/pens/sharpen/");
  assert.match(textOfHtml(pen.title), /^Sharpen pencil – in 2\.0$/);
  assert.equal(show("sharpen pencils")[0][0].location, "../2.0/pens/sharpen/");
  const [[page, row]] = show("ink level");
  assert.equal(page.location, "../2.0/pens/get/");
  assert.match(page.title, /in 2\.0/i);
  assert.equal(row.location, "../2.0/pens/get/#response-ink_level");
  assert.deepEqual(show("book"), []);
});

test("of other releases the path that fits best comes first, and none of another method", () => {
  const files = library();
  const rows = [["DELETE", "delete"], ["GET", "get"]].map(([method, id]) => ["2.0", 0, `../2.0/pens/${id}/`, id, method, "/pens/:id"]);
  files.elsewhere.pages.unshift(...rows);
  const { index, vocabulary } = prepare(files);
  const show = (typed) => {
    const { pages } = engine.searchElsewhere(index.elsewhere, engine.search(index, vocabulary, typed));
    return pages.map(({ title }) => title);
  };
  assert.deepEqual(show("GET /pens/12"), ["get"]);
  assert.deepEqual(show("/pens/12"), ["get", "delete", "Sharpen pencil"]);
});

test("where nothing is found, the dictionary of names is shown", () => {
  const [[item]] = engine.nothingItems(guide.index, "<b>xyzzy");
  assert.equal(item.location, "names/");
  assert.match(textOfHtml(item.text), /“<b>xyzzy”/);
  const { core } = library();
  core.pages.pop();
  assert.deepEqual(engine.nothingItems(engine.decodeCore(core), "xyzzy"), []);
});
