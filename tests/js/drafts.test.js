import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals-core";
import { Drafts, editing, follow, mergedText } from "../../static/js/board/drafts.js";
import { DraftStorage } from "../../static/js/board/draft-storage.js";
import { Store } from "../../static/js/lib/platform.js";
import { FakeClock, settle } from "./fakes.js";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Tabs of one browser, with a clock that goes on by itself. */
function createBrowser() {
  const store = new Store(() => null);
  const browser = { store, time: 1000, now: () => (browser.time += 1) };
  browser.open = (tab, owner = "anna") => {
    const drafts = new DraftStorage(store, tab, browser.now);
    drafts.setOwner(owner);
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
    drafts.release();
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
  one.release();
  one.reclaim();
  assert.equal(browser.open("two").take("title t"), null);
  assert.equal(one.take("title t").text, "half");
});

test("a crash leaves drafts; tabs that are there keep theirs", () => {
  const browser = createBrowser();
  for (const tab of ["crashed", "there"]) browser.open(tab).put(`item ${tab}`, words("half"));
  const next = browser.open("next");
  next.releaseAbandoned((tab) => tab === "there");
  assert.equal(next.take("item crashed").text, "half");
  assert.equal(next.take("item there"), null);
});

test("drafts are found by nobody else, and forgotten after a month", () => {
  const browser = createBrowser();
  const one = browser.open("one");
  one.put("comment t", words("mine"));
  one.release();
  assert.equal(browser.open("two", "bruno").take("comment t"), null);
  browser.store.set("draft anna comment u one", "not JSON");
  browser.time += 31 * DAY;
  assert.equal(browser.open("three").take("comment t"), null);
  assert.deepEqual(browser.store.names(), []);
});

test("drafts of a time without tabs are found once, by their owner", () => {
  const browser = createBrowser();
  browser.store.set(
    "draft anna description t",
    JSON.stringify({ text: "old words", base: "old", at: browser.now() }),
  );
  browser.store.set("draft anna comment gone", "not JSON");
  const [one, two] = [browser.open("one"), browser.open("two")];
  assert.equal(browser.open("three", "bruno").take("description t"), null);
  assert.deepEqual([one.take("description t").text, one.take("description t").base], ["old words", "old"]);
  assert.equal(two.take("description t"), null);
  assert.deepEqual(browser.store.names(), ["draft anna description t one"]);
});

test("boxes of one key show the same words, and a box that is closed knows of them", () => {
  const browser = createBrowser();
  const drafts = new Drafts(browser.open("one"));
  const seen = [];
  const stop = effect(() => seen.push([drafts.field("card c").value?.text ?? null, drafts.has("card c")]));
  drafts.put("card c", words("half"));
  drafts.put("card c", null);
  assert.deepEqual(seen, [
    [null, false],
    ["half", true],
    [null, false],
  ]);
  stop();
  const left = browser.open("two");
  left.put("card d", words("left"));
  assert.ok(!drafts.has("card d"));
  left.release();
  assert.ok(drafts.has("card d"));
  assert.equal(drafts.open("card d").peek().text, "left");
});

test("what was only begun is no draft", () => {
  const browser = createBrowser();
  const drafts = new Drafts(browser.open("one"));
  drafts.put("description t", { text: "same", base: "same" });
  assert.ok(!drafts.has("description t"));
  assert.deepEqual(browser.store.names(), []);
  assert.equal(drafts.open("description t").peek(), null);
});

test("what is discarded can be put back", () => {
  const drafts = new Drafts(createBrowser().open("one"));
  drafts.put("link t", words("https://"));
  drafts.put("link-name t", words("a name"));
  const putBack = drafts.discard(["link t", "link-name t", "nothing t"]);
  assert.deepEqual([drafts.has("link t"), drafts.has("link-name t")], [false, false]);
  putBack();
  assert.deepEqual(
    [drafts.open("link t").peek().text, drafts.open("link-name t").peek().text],
    ["https://", "a name"],
  );
  assert.equal(drafts.discard(["nothing t"]), null);
});

/** An editor of a field whose value the board may change. */
function createEditor(value, { merges = false } = {}) {
  const editor = { value, draft: null, saved: [] };
  editor.now = () => {
    const merged = merges ? mergedText(editor.draft, editor.value) : null;
    const put = (draft) => (editor.draft = draft);
    const save = (...saved) => editor.saved.push(saved);
    return editing({ draft: editor.draft, merged, value: editor.value, put, save, merges });
  };
  return editor;
}

test("an editor keeps what is typed under another's save, and saves it with what it began from", () => {
  const editor = createEditor("old");
  editor.now().begin();
  assert.deepEqual([editor.now().dirty, editor.now().isTouched], [false, false]);
  editor.now().type("mine");
  editor.value = "theirs";
  const { text, dirty, isTouched, conflict } = editor.now();
  assert.deepEqual([text, dirty, isTouched, conflict], ["mine", true, true, true]);
  editor.now().keepMine();
  assert.ok(!editor.now().conflict);
  editor.now().commit();
  assert.deepEqual([editor.saved, editor.draft], [[["mine", "theirs"]], null]);
  editor.now().type("theirs");
  editor.now().commit();
  assert.equal(editor.saved.length, 1);
});

test("a long text that both changed is merged on saving, or kept whole one below the other", () => {
  const editor = createEditor("one\ntwo\nthree", { merges: true });
  editor.now().type("ONE\ntwo\nthree");
  editor.value = "one\ntwo\nTHREE";
  assert.ok(!editor.now().conflict);
  editor.now().commit();
  assert.equal(editor.saved[0][0], "ONE\ntwo\nTHREE");
  editor.now().type("mine");
  editor.value = "theirs";
  editor.now().keepBoth();
  assert.equal(editor.now().text, "mine\n\ntheirs");
  editor.now().takeTheirs();
  assert.equal(editor.now().text, "theirs");
});

/** Web Locks as one browser has them. */
function createLocks() {
  const held = new Map();
  return {
    held,
    async request(name, work) {
      held.set(name, { name });
      await work();
      held.delete(name);
    },
    query: async () => ({ held: [...held.values()] }),
  };
}

test("a page that opens takes over from tabs without a lock; leaving and coming back are followed", async () => {
  const [browser, locks] = [createBrowser(), createLocks()];
  for (const tab of ["crashed", "there"]) browser.open(tab).put(`item ${tab}`, words("half"));
  locks.held.set("board drafts of there", { name: "board drafts of there" });
  const [page, mine] = [new EventTarget(), new DraftStorage(browser.store, "mine", browser.now)];
  await follow(mine, "anna", { page, locks, clock: new FakeClock() });
  assert.ok(locks.held.has("board drafts of mine"));
  assert.equal(mine.take("item crashed").text, "half");
  assert.equal(mine.take("item there"), null);

  page.dispatchEvent(new Event("pagehide"));
  await settle();
  assert.ok(!locks.held.has("board drafts of mine"));
  assert.ok(browser.open("next").has("item crashed"));
  page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.ok(locks.held.has("board drafts of mine"));
  assert.ok(!browser.open("next").has("item crashed"));
});

test("without locks, or where they never answer, a tab that was silent for an hour is gone", async () => {
  for (const locks of [
    undefined,
    { request: () => new Promise(() => {}), query: () => new Promise(() => {}) },
  ]) {
    const [browser, clock] = [createBrowser(), new FakeClock()];
    browser.open("silent").put("item silent", words("half"));
    browser.time += HOUR;
    browser.open("busy").put("item busy", words("half"));
    const mine = new DraftStorage(browser.store, "mine", browser.now);
    const ready = follow(mine, "anna", { page: new EventTarget(), locks, clock });
    await clock.pass(1_000);
    await ready;
    assert.equal(mine.take("item silent").text, "half");
    assert.equal(mine.take("item busy"), null);
  }
});
