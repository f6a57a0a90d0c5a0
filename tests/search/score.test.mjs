import assert from "node:assert/strict";
import { test } from "node:test";
import { inverted, library } from "./library.mjs";
import { pagesFor, prepare } from "./load.mjs";

const files = library();
const guide = prepare(files);

for (const [typed, right] of [
  ["Create book", "books/create/"],
  ["create books", "books/create/"],
  ["books create", "books/create/"],
  ["how do I create a book?", "books/create/"],
  ["book", "books/"],
  ["loan", "loans/"],
  ["vvan", "vans/"],
  ["volumes", "books/"],
  ["create tome", "books/create/"],
  ["take back a tome", "books/delete/"],
  ["delet", "books/delete/"],
  ["Delete bok", "books/delete/"],
  ["polcies", "loans/get_policies/"],
  ["barcode overnight", "books/create/"],
  ["powerprinter", "books/create/"],
  ["shelf mark collides", "requests/"],
  ["can't be blank", "requests/"],
  ["can’t", "requests/"],
  ["server's answer", "requests/"],
  ["lending", "loans/create/"],
]) {
  test(`${typed} leads to ${right}`, () => assert.equal(pagesFor(guide, typed)[0], right));
}

test("texts by their words find the same", () => {
  const other = prepare({ ...files, texts: inverted(files.texts.texts) });
  for (const typed of ["barcode overnight", "powerprinter", "shelf mark collides", "can't be blank", "server's answer"]) {
    assert.equal(pagesFor(other, typed)[0], pagesFor(guide, typed)[0], typed);
  }
});

test("only the word that finds least may be another one", () => {
  const found = pagesFor(guide, "create bock");
  assert.equal(found[0], "books/create/");
});

test("a page that a writer wants to be found more comes first", () => {
  const core = structuredClone(files.core);
  core.pages[7].push(100);
  assert.equal(pagesFor(prepare({ ...files, core }), "book")[0], "books/delete/");
});

test("words of objects in JavaScript are words", () => {
  for (const typed of ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"]) {
    assert.deepEqual(pagesFor(guide, typed), []);
  }
});

test("what is typed may be anything, of any length", () => {
  for (const typed of ["(", "[", "*", "\\", "a".repeat(10000), "/".repeat(10000), "/a".repeat(5000), "book ".repeat(2000), "?", "'", "\ud800", "[[[[", ".*+?^${}()|", "=", "curl", "curl -X", "GET", "\u0000"]) {
    assert.ok(Array.isArray(pagesFor(guide, typed)), typed.slice(0, 20));
  }
});

test("words that stand together come before the same words far apart", () => {
  const { core, texts } = library();
  const words = "amber violet cobalt";
  const filler = "and then something else was said of it again ".repeat(20);
  core.pages.push([0, "far/", "Apart", "GET", "/far", "", -1], [0, "near/", "Together", "GET", "/near", "", -1]);
  texts.texts[14] = words.split(" ").join(` ${filler}`);
  texts.texts[15] = `${filler} ${words} ${filler} ${filler}`;
  assert.deepEqual(pagesFor(prepare({ core, texts }), words), ["near/", "far/"]);
});

test("a word counts by its letters: one slip in short ones, two in long ones", () => {
  assert.deepEqual(pagesFor(guide, "bxxk"), []);
  assert.equal(pagesFor(guide, "plociies")[0], "loans/get_policies/");
  assert.deepEqual(pagesFor(guide, "dt"), [], "two letters have no slips");
});

test("a slip in the first letter is thought of last", () => {
  const { core, texts } = library();
  core.pages.push([0, "store/", "Store book", "PUT", "/store", "", 2], [0, "restore/", "Restore book", "PUT", "/restore", "", 2]);
  assert.deepEqual(pagesFor(prepare({ core, texts }), "rstore "), ["restore/"]);
  assert.deepEqual(pagesFor(prepare({ core, texts }), "sotre "), ["store/"]);
});

test("a word that stands nowhere is cut into two that stand in titles", () => {
  assert.equal(pagesFor(guide, "loanpolicies")[0], "loans/get_policies/");
});

test("words that say nothing move nothing", () => {
  assert.equal(pagesFor(guide, "the of book for how to")[0], "books/");
});

test("the words of a path and of the resource are those of an endpoint, its placeholders are not", () => {
  assert.ok(pagesFor(guide, "settings").includes("loans/get_policies/"));
  assert.deepEqual(pagesFor(guide, "users"), ["loans/create/"]);
  const { core, texts } = library();
  core.pages.push([0, "odd/", "Odd", "GET", "/odd/:quagga", "", -1]);
  assert.deepEqual(pagesFor(prepare({ core, texts }), "quagga"), []);
});

test("only the last word may go on", () => {
  assert.ok(pagesFor(guide, "cell").includes("books/create/"));
  assert.deepEqual(pagesFor(guide, "cell "), []);
});

test("a value in the singular or with one word less is not the title", () => {
  assert.equal(pagesFor(guide, "loan policies")[0], "loans/get_policies/");
});
