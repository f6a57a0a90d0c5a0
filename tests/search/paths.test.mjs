import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "./library.mjs";
import { pagesFor, prepare } from "./load.mjs";

const guide = prepare(library());
const ITEM = ["books/get/", "books/edit/", "books/delete/"];

for (const typed of [
  "/books/:id", "books/:id", "/books/{id}", "/books/<id>", "/books/12", "/books/12.json", "/books/a1b2.xml", "/books/12?page=2#x",
  "http://library.test/books/12", "https://library.test:8080/api/v1/books/12.json", "library.test/books/12", "localhost:3000/books/12",
  "$HOST/books/12", "{{base}}/books/12", "'/books/12'", '"/books/12",', "/api/v2/books/12", "/books/12/", "BOOKS/12",
]) {
  test(`${typed} is the path of a book`, () => assert.deepEqual(pagesFor(guide, typed).slice(0, 3), ITEM));
}

for (const [typed, right] of [
  ["GET /books/:id", "books/get/"],
  ["put /books/12", "books/edit/"],
  ["DELETE books/12", "books/delete/"],
  ["/books/12 DELETE", "books/delete/"],
  ["DEL /books/12", "books/get/"],
  ["curl -X PUT http://library.test/books/12.json", "books/edit/"],
  ["curl -XDELETE -u me:secret 'http://library.test/books/12'", "books/delete/"],
  [`curl -i -H "Accept: application/json" http://library.test/books/12`, "books/get/"],
  [`curl --request POST http://library.test/books -d '{"book": {"isbn": "a/b"}}'`, "books/create/"],
  [":book_id/loans", "books/list_loans/"],
  [":user_id/loans", "loans/create/"],
  ["9/loans", "books/list_loans/"],
  ["loan_policies.json", "loans/get_policies/"],
  ["settings/loan_pol", "loans/get_policies/"],
  ["/books/12/loans/7/fines", "books/list_loans/"],
  ["/books", "books/list/"],
  ["POST /books", "books/create/"],
]) {
  test(`${typed} leads to ${right}`, () => assert.equal(pagesFor(guide, typed)[0], right));
}

test("what stands before a path is a mount point only where it is no value", () => {
  assert.equal(pagesFor(guide, "/v7/books/12")[0], "books/get/");
  assert.equal(pagesFor(guide, "/7/books/12")[0], "books/", "its words are searched for");
});

test("values alone are no path that is left of a longer one", () => {
  assert.deepEqual(pagesFor(guide, "12/xyzzy"), []);
});

test("a path that no endpoint has is searched for by its words", () => {
  assert.equal(pagesFor(guide, "shelves/barcode")[0], "books/create/");
  assert.deepEqual(pagesFor(guide, "/"), []);
  assert.deepEqual(pagesFor(guide, "http://"), []);
});

test("words with a stroke between them are no path", () => {
  assert.equal(pagesFor(guide, "overnight/by")[0], "books/create/");
  assert.equal(pagesFor(guide, "shelf/mark")[0], "requests/");
  assert.equal(pagesFor(guide, "boo/cellar")[0], "books/create/");
});

for (const typed of ["/books/:id:renew", "/books/12:renew", "/books/{id}:renew", "POST http://library.test/books/12:renew.json"]) {
  test(`${typed} is a path with a colon that begins no placeholder`, () => {
    const index = library();
    index.core.pages.push([0, "books/renew/", "Keep book", "POST", "/books/:id:renew", "Lends it once more.", 2]);
    index.texts.texts.push("Lends it once more.");
    assert.equal(pagesFor(prepare(index), typed)[0], "books/renew/");
  });
}
