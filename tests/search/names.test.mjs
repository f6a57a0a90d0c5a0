import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "./library.mjs";
import { answer, loadEngine, pagesFor, prepare } from "./load.mjs";

const { findNames, prepareTerm } = loadEngine("findNames", "prepareTerm");

const guide = prepare(library());

for (const typed of ["due_date", "due date", "due-date", "dueDate", "DUE_DATE", "duedate", "`due_date`", '"due_date": null', "due_date=1", "loan[due_date]"]) {
  test(`${typed} finds the field, sent before returned`, () => {
    assert.equal(pagesFor(guide, typed)[0], typed.startsWith("loan[") ? "loans/" : "loans/create/");
  });
}

test("a part of a name finds it", () => assert.equal(pagesFor(guide, "isbn_1")[0], "books/create/"));

test("a name leads to its row, which Enter takes, after the page's own item", () => {
  const [[page, row]] = answer(guide, "due_date");
  assert.equal(page.location, "loans/create/");
  assert.equal(row.location, "loans/create/#body-book-due_date");
  assert.equal(row.title, "<code><mark>due</mark>_<mark>date</mark></code>");
  assert.ok(row.score > page.score);
});

test("a name as it is sent, with the name around it", () => {
  assert.equal(answer(guide, "period[startDate]")[0][1].location, "books/list/#query-period-startDate");
  assert.equal(answer(guide, "period.start_date")[0][1].location, "books/list/#query-period-startDate");
});

test("short and common names are found where nothing else is typed", () => {
  assert.equal(pagesFor(guide, "from")[0], "books/list/");
  assert.ok(["books/get/", "books/edit/", "books/delete/"].includes(pagesFor(guide, "id")[0]));
});

test("a value leads to the row of its field", () => {
  assert.equal(answer(guide, "hard_cover")[0][1].location, "books/create/#body-book-binding");
  assert.equal(answer(guide, "hard cover")[0][1].location, "books/create/#body-book-binding");
});

test("a former name leads to the row of the one that replaced it", () => {
  assert.equal(answer(guide, "isbn_10")[0][1].location, "books/create/#body-book-isbn");
});

for (const typed of ["422", "what does 422 mean", "what does 422 mean?"]) {
  test(`${typed} leads to what explains the status`, () => {
    assert.equal(answer(guide, typed)[0][1].location, "requests/#status-422");
  });
}

test("one common word is a title rather than a name", () => assert.equal(pagesFor(guide, "loans")[0], "loans/"));

test("a name fits as a whole, by its end, its beginning, its middle and while it is typed, in this order", () => {
  const terms = ["disk_size_max", "new_disk_size_max", "primary_disk_size", "disk_size", "disk_sizes"].map((text) => prepareTerm(0, text, []));
  const found = (isTyping) => findNames(terms, ["disk", "size"], isTyping).map(({ term }) => term.text);
  assert.deepEqual(found(false), ["disk_size", "primary_disk_size", "disk_size_max", "new_disk_size_max"]);
  assert.deepEqual(found(true).at(-1), "disk_sizes");
});

test("one word is no part of a name as a whole", () => {
  assert.deepEqual(findNames([prepareTerm(0, "disk_size", [])], ["disk"], true), []);
});

test("a row says which way the name goes, that of a status what the page says of it", () => {
  assert.match(answer(guide, "due_date")[0][1].text, /POST.*Sent in the request/);
  const returned = answer(guide, "isbn").flat().find(({ location }) => location === "books/get/#response-isbn");
  assert.match(returned.text, /GET.*Returned in the response/);
  assert.match(answer(guide, "422")[0][1].text, /How to ask/);
});

test("a name that is written as one comes before titles of these words", () => {
  const files = library();
  for (const title of ["Set due date", "Get due date", "Due dates of loans"]) {
    files.core.pages.push([0, `dates/${title.length}/`, title, "PUT", "/due_dates", "Due date.", -1]);
  }
  const other = prepare(files);
  assert.equal(pagesFor(other, "due_date")[0], "loans/create/");
});
