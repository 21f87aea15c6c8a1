import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { createLeader, openChannel } from "../../static/js/board/leader.js";
import { newId } from "../../static/js/board/identity.js";
import { openStorage } from "../../static/js/board/storage.js";
import {
  copyText,
  findDatabases,
  findLocks,
  openBroadcast,
  randomBytes,
  Store,
} from "../../static/js/lib/platform.js";
import { FakeClock, settle } from "./fakes.js";

const SCRIPTS = new URL("../../static/js/", import.meta.url);
const NAMES = new RegExp(
  [
    /\b(?:localStorage|sessionStorage|indexedDB|caches|BroadcastChannel|SharedWorker|PushManager|Notification)\b(?=\s*[.([])/,
    /\b(?:globalThis|window|self)\.(?:localStorage|sessionStorage|indexedDB|caches|BroadcastChannel|Notification|crypto)\b/,
    /\bnavigator\s*(?:\?\.|\.)\s*(?:clipboard|locks|storage|serviceWorker|share|wakeLock|credentials|permissions|geolocation|mediaDevices)\b/,
    /\bnavigator\s*\[|\{[^}]*\b(?:clipboard|locks|serviceWorker)\b[^}]*\}\s*=\s*(?:globalThis\.|window\.)?navigator\b/,
    /\bcrypto\s*(?:\?\.|\.)|\brandomUUID\b|\bsubtle\b|\bexecCommand\b|\bdocument\s*\.\s*cookie\b|\bcookieStore\b/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

function scripts() {
  const names = readdirSync(SCRIPTS, { recursive: true }).filter((name) => name.endsWith(".js"));
  return names.map((name) => ({ name, text: readFileSync(new URL(name, SCRIPTS), "utf-8") }));
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

test("what a browser may lack or refuse is named in one module", () => {
  const found = scripts().filter(({ text }) => NAMES.test(withoutComments(text)));
  assert.deepEqual(
    found.map(({ name }) => name),
    ["lib/platform.js"],
  );
});

/** Runs `act` with some global things replaced: a function is what naming it does. */
async function inBrowser(things, act) {
  const before = new Map(
    Object.keys(things).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]),
  );
  for (const [name, get] of Object.entries(things))
    Object.defineProperty(globalThis, name, { get, configurable: true });
  try {
    return await act();
  } finally {
    for (const [name, was] of before) {
      if (was) Object.defineProperty(globalThis, name, was);
      else delete globalThis[name];
    }
  }
}

const refuse = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
const BROWSERS = {
  "that refuses": refuse,
  "that has nothing": () => undefined,
  "that has null": () => null,
  "that has it and throws at each use": () =>
    // biome-ignore lint/complexity/useArrowFunction: an arrow function can't be constructed
    new Proxy(function () {}, { get: refuse, construct: refuse, ownKeys: refuse }),
};
const NEEDED = [
  "localStorage",
  "sessionStorage",
  "indexedDB",
  "navigator",
  "crypto",
  "BroadcastChannel",
  "document",
];

for (const [kind, get] of Object.entries(BROWSERS)) {
  test(`a browser ${kind}: everything has a way round`, () =>
    inBrowser(Object.fromEntries(NEEDED.map((name) => [name, get])), async () => {
      assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.notEqual(newId(), newId());
      assert.equal(randomBytes(16).length, 16);
      assert.equal(openBroadcast("x"), undefined);
      assert.equal(await copyText("x"), false);

      const store = new Store(() => globalThis.localStorage);
      assert.equal(store.get("a"), null);
      assert.equal(store.set("a", "1"), false);
      assert.deepEqual([store.get("a"), store.names()], ["1", ["a"]]);
      store.remove("a");
      assert.deepEqual([store.get("a"), store.names()], [null, []]);

      const storage = openStorage("u", findDatabases(), new FakeClock());
      await assert.rejects(storage.add({ id: "1" }));
      await assert.rejects(storage.list());
      const channel = openChannel("x", openBroadcast("x"), store, new EventTarget());
      channel.post({ type: "added" });
      assert.equal(channel.isDeaf, true);
      let leads = 0;
      createLeader("x", { locks: findLocks(), alone: channel.isDeaf, store }).lead(() => (leads += 1));
      await settle();
      assert.equal(leads, 1);
    }));
}

test("a full store keeps what is new in memory, and what was there before is not seen any more", () => {
  const rows = { a: "old" };
  const full = { getItem: (name) => rows[name] ?? null, removeItem: (name) => delete rows[name] };
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const store = new Store(() => full);
  assert.equal(store.get("a"), "old");
  assert.equal(store.set("a", "new"), false);
  assert.equal(store.get("a"), "new");
  full.setItem = (name, text) => (rows[name] = text);
  assert.equal(store.set("a", "newest"), true);
  assert.deepEqual([rows.a, store.get("a")], ["newest", "newest"]);
});

test("a database that never opens is waited for once, and used again when it answers after all", async () => {
  const clock = new FakeClock();
  const requests = [];
  const factory = { open: () => requests[requests.push({}) - 1] };
  const storage = openStorage("u", factory, clock);
  const outcomes = [];
  const note = (promise) =>
    promise.then(
      () => outcomes.push("done"),
      () => outcomes.push("refused"),
    );
  note(storage.list());
  await clock.pass(2_900);
  assert.deepEqual(outcomes, []);
  await clock.pass(200);
  assert.deepEqual(outcomes, ["refused"]);
  note(storage.add({ id: "1" }));
  await settle();
  assert.deepEqual(outcomes, ["refused", "refused"]);

  requests[0].error = new Error("blocked");
  requests[0].onerror();
  await settle();
  note(storage.list());
  await settle();
  assert.equal(outcomes.length, 2, "asked again");
  assert.equal(requests.length, 2);
});

test("tabs without BroadcastChannel hear each other by what is written into the store", async () => {
  const air = new EventTarget();
  const openTab = () => {
    const page = new EventTarget();
    air.addEventListener("written", ({ from, key, newValue }) => {
      if (from !== page) page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
    });
    const write = (key, newValue) =>
      air.dispatchEvent(Object.assign(new Event("written"), { from: page, key, newValue }));
    const raw = { getItem: () => null, setItem: write, removeItem: (key) => write(key, null) };
    return openChannel("x", null, new Store(() => raw), page);
  };
  const heard = [];
  const [first, second] = [openTab(), openTab()];
  assert.equal(first.isDeaf, false);
  second.listen((message) => heard.push(message));
  first.post({ type: "added" });
  first.post({ type: "added" });
  assert.deepEqual(heard, [{ type: "added" }, { type: "added" }]);
  second.close();
  first.post({ type: "added" });
  assert.equal(heard.length, 2);
});
