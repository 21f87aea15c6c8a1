import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptDrafts } from "../../static/js/board/kept-drafts.js";
import { Store } from "../../static/js/lib/platform.js";

const DAY = 24 * 60 * 60 * 1000;

/** Tabs of one browser, with a clock that goes on by itself. */
function createBrowser() {
  const store = new Store(() => null);
  const browser = { store, time: 1000, now: () => (browser.time += 1) };
  browser.open = (tab, owner = "anna") => {
    const drafts = new KeptDrafts(store, tab, browser.now);
    drafts.belongTo(owner);
    return drafts;
  };
  return browser;
}

const words = (text) => ({ text, base: "" });

test("what one tab sends takes nothing from another", () => {
  const browser = createBrowser();
  const [one, two] = [browser.open("one"), browser.open("two")];
  one.put("comment t", words("first thought"));
  assert.equal(two.take("comment t"), null);
  two.put("comment t", words("another thought"));
  one.put("comment t", null);
  assert.equal(two.take("comment t").text, "another thought");
  assert.equal(one.take("comment t"), null);
});

test("a tab that is closed leaves its drafts, each to one tab; the latest first", () => {
  const browser = createBrowser();
  for (const tab of ["one", "two"]) {
    const drafts = browser.open(tab);
    drafts.put("comment t", words(`of ${tab}`));
    drafts.leave();
  }
  const next = browser.open("next");
  assert.ok(next.has("comment t") && !next.has("comment"));
  assert.deepEqual(next.take("comment t").text, "of two");
  assert.equal(browser.open("other").take("comment t").text, "of one");
  assert.equal(browser.open("third").take("comment t"), null);
  assert.equal(next.take("comment t").text, "of two");
});

test("a tab that comes back has its drafts again", () => {
  const browser = createBrowser();
  const one = browser.open("one");
  one.put("title t", words("half"));
  one.leave();
  one.comeBack();
  assert.equal(browser.open("two").take("title t"), null);
  assert.equal(one.take("title t").text, "half");
});

test("a crash leaves drafts; tabs that are there keep theirs", () => {
  const browser = createBrowser();
  for (const tab of ["crashed", "there"]) browser.open(tab).put(`item ${tab}`, words("half"));
  const next = browser.open("next");
  next.leaveFor((tab) => tab === "there");
  assert.equal(next.take("item crashed").text, "half");
  assert.equal(next.take("item there"), null);
});

test("drafts are found by nobody else, and forgotten after a month", () => {
  const browser = createBrowser();
  const one = browser.open("one");
  one.put("comment t", words("mine"));
  one.leave();
  assert.equal(browser.open("two", "bruno").take("comment t"), null);
  browser.store.set("draft anna comment u one", "not JSON");
  browser.time += 31 * DAY;
  assert.equal(browser.open("three").take("comment t"), null);
  assert.deepEqual(browser.store.names(), []);
});
