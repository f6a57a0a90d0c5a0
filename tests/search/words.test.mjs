import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "./load.mjs";

const { partsOf, wordsOf, stemOf, rootOf, slipsBetween, maySlip, bagOf } = loadEngine(
  "partsOf", "wordsOf", "stemOf", "rootOf", "slipsBetween", "maySlip", "bagOf",
);

test("names are cut at underscores, hyphens, brackets and capitals", () => {
  assert.deepEqual(partsOf("primary_disk-size"), ["primary", "disk", "size"]);
  assert.deepEqual(partsOf("startDate"), ["start", "date"]);
  assert.deepEqual(partsOf("IPAddress"), ["ip", "address"]);
  assert.deepEqual(partsOf("APIKey"), ["api", "key"]);
  assert.deepEqual(partsOf("period[startdate]"), ["period", "startdate"]);
});

test("words with capitals that are no names stay whole", () => {
  assert.deepEqual(partsOf("vApp ISOs VLANs"), ["vapp", "isos", "vlans"]);
});

test("an apostrophe does not cut a word, whichever it is", () => {
  assert.deepEqual(partsOf("can't server’s 'quoted'"), ["cant", "servers", "quoted"]);
});

test("a text has names of several capitals whole, too", () => {
  assert.deepEqual(wordsOf("a PowerShell script").filter((word) => word.startsWith("power")), ["power", "powershell"]);
});

test("a word and its plural have one stem", () => {
  for (const [one, many] of [
    ["vm", "vms"], ["policy", "policies"], ["address", "addresses"], ["status", "statuses"], ["cache", "caches"],
    ["database", "databases"], ["box", "boxes"], ["zone", "zones"], ["alias", "aliases"], ["key", "keys"],
  ]) assert.equal(stemOf(many), stemOf(one), many);
});

test("different words have different stems", () => {
  for (const [one, other] of [["note", "not"], ["state", "stats"], ["user", "use"], ["class", "clas"]]) {
    assert.notEqual(stemOf(one), stemOf(other));
  }
});

test("words made from others have one root", () => {
  for (const [one, other] of [["autoscale", "autoscaling"], ["migrate", "migration"], ["build", "building"], ["lock", "locked"]]) {
    assert.equal(rootOf(one), rootOf(other));
  }
  assert.notEqual(rootOf("user"), rootOf("using"));
});

test("a bag knows neither order nor plural nor words that say nothing", () => {
  assert.equal(bagOf(["list", "of", "books"]), bagOf(["book", "list"]));
});

test("slips are letters wrong, missing, too many or swapped", () => {
  assert.equal(slipsBetween("hypervsior", "hypervisor", 2), 1);
  assert.equal(slipsBetween("esrver", "server", 2), 1);
  assert.equal(slipsBetween("bakup", "backup", 2), 1);
  assert.equal(slipsBetween("passsword", "password", 2), 1);
  assert.equal(slipsBetween("nitwork", "network", 2), 1);
  assert.equal(slipsBetween("abcd", "wxyz", 2), 3, "more than were allowed");
});

test("words of three letters are a slip of each other only where two are swapped", () => {
  assert.ok(maySlip("nid", "ndi", 1));
  assert.ok(!maySlip("dns", "dnx", 1) || slipsBetween("dns", "dnx", 1) === 1);
  assert.ok(!maySlip("vat", "vatx", 1));
});

test("a word of another length, or with other first letters, is no slip", () => {
  assert.ok(!maySlip("server", "servicing", 2));
  assert.ok(!maySlip("server", "xyrver", 2));
  assert.ok(maySlip("esrver", "server", 1));
});
