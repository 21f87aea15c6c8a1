import assert from "node:assert/strict";
import { test } from "node:test";
import { ConnectionWatch } from "../../static/js/board/connection.js";
import { holdLease } from "../../static/js/board/leader.js";
import { createNotices } from "../../static/js/board/notices.js";
import { Refusals } from "../../static/js/board/refusals.js";
import { Presence } from "../../static/js/board/presence.js";
import { sayCollision, sayRefused } from "../../static/js/board/wording.js";
import { actions } from "../../static/js/board/actions/index.js";
import { Store } from "../../static/js/lib/platform.js";
import { FakeClock } from "./fakes.js";

function createPage() {
  const page = Object.assign(new EventTarget(), { navigator: { onLine: true }, document: new EventTarget() });
  page.document.visibilityState = "visible";
  const say = (name, target = page, fields = {}) =>
    target.dispatchEvent(Object.assign(new Event(name), fields));
  return { page, say };
}

function watch() {
  const { page, say } = createPage();
  const called = [];
  const connection = new ConnectionWatch(
    { wake: () => called.push("wake"), verify: () => called.push("doubt") },
    page,
  );
  return { page, say, called, connection, state: () => connection.signal.peek().state };
}

test("the connection says what is true", () => {
  const { page, connection, state } = watch();
  assert.equal(state(), "connecting");
  const steps = [
    [{ sync: "joining" }, "connecting"],
    [{ sync: "live" }, "live"],
    [{ sync: "away" }, "reconnecting"],
    [{ sync: "live" }, "live"],
    [{ failing: true }, "reconnecting"],
    [{ failing: false }, "live"],
    [{ isSignedOut: true }, "signed-out"],
    [{ isSignedOut: false }, "live"],
  ];
  for (const [facts, expected] of steps) {
    connection.note(facts);
    assert.equal(state(), expected, JSON.stringify(facts));
  }
  page.navigator.onLine = false;
  connection.note({ sync: "catching-up" });
  assert.equal(state(), "offline");
  connection.note({ unsent: 3 });
  assert.equal(connection.signal.peek().unsent, 3);
});

test("`since` is when the state began, however the count changes", () => {
  const { connection } = watch();
  connection.note({ sync: "live" });
  const { since } = connection.signal.peek();
  connection.note({ unsent: 1 });
  assert.equal(connection.signal.peek().since, since);
});

test("coming back looks at once: online, visible, out of the back-forward cache", () => {
  const { page, say, called, connection } = watch();
  say("online");
  say("visibilitychange", page.document);
  say("pageshow", page, { persisted: true });
  assert.deepEqual(called, ["wake", "wake", "wake"]);
  say("pageshow", page, { persisted: false });
  page.document.visibilityState = "hidden";
  say("visibilitychange", page.document);
  assert.equal(called.length, 3);
  say("offline");
  assert.equal(called.at(-1), "doubt");
  connection.close();
  say("online");
  assert.equal(called.length, 4);
});

test("a notice that is said again replaces itself; dismissing tells", () => {
  const dismissed = [];
  const { shown, say, forget } = createNotices((id) => dismissed.push(id));
  say({ id: "1", kind: "collision", text: "first" });
  say({ id: "1", kind: "collision", text: "second" });
  say({ id: "2", kind: "refused", text: "no" });
  assert.deepEqual(
    shown.value.map(({ text }) => text),
    ["second", "no"],
  );
  shown.dismiss("1");
  forget("2");
  assert.deepEqual(shown.value, []);
  assert.deepEqual(dismissed, ["1"]);
  for (let n = 0; n < 60; n += 1) say({ text: `${n}` });
  assert.equal(shown.value.length, 50);
});

test("every action has words for its refusal", () => {
  for (const name of Object.keys(actions)) {
    const text = sayRefused({ name, args: { id: "t" }, about: "Fix the tap" }, 0);
    assert.match(text, /^Could not [a-z ]+ “Fix the tap”\.$/);
    assert.doesNotMatch(text, /make a change/, name);
    assert.doesNotMatch(text, /\btask\b/, name);
  }
  const made = { name: "createTask", args: { id: "t", title: "x".repeat(100) } };
  assert.match(
    sayRefused(made, 2),
    /^Could not add the card “x{59}…”\. 2 later changes to it went with it\.$/,
  );
});

test("refusals are told one by one, but what met the same missing thing once", () => {
  const [said, dismissed] = [new Map(), []];
  const dismiss = (id) => dismissed.push(id);
  const refusals = new Refusals({
    has: ({ id }) => id === "here",
    say: (notice) => said.set(notice.id, notice),
    dismiss,
  });
  const edit = (id, args) => ({
    id,
    name: "editTask",
    args: { id: "t", fields: args },
    about: "Fix the tap",
  });
  const gone = { status: 404, title: "Not found", detail: "There is no such task." };
  refusals.show(
    edit("1", { title: "x" }),
    { status: 422, detail: "Look again.", errors: [{ message: "Too long." }] },
    0,
  );
  refusals.show(edit("2", { title: "y" }), gone, 0);
  refusals.show(edit("3", { description: "my words" }), gone, 0);
  const label = { id: "4", name: "labelTask", args: { id: "here", labelId: "l" }, about: "Still there" };
  refusals.show(label, { status: 404, detail: "There is no such label." }, 0);
  assert.deepEqual([...said.keys()], ["1", "gone t", "4"]);
  assert.equal(said.get("4").text, "Could not label the card “Still there”.");
  assert.equal(said.get("1").detail, "Too long.");
  assert.equal(
    said.get("gone t").text,
    "The card “Fix the tap” is gone: 2 of your changes to it could not be made.",
  );
  assert.equal(said.get("gone t").mine, "my words");
  assert.equal(refusals.forget("2"), undefined);
  assert.equal(refusals.forget("3"), "gone t");
  refusals.close("gone t");
  refusals.close("1");
  refusals.close("never said");
  assert.deepEqual(dismissed, ["1"]);
});

test("a collision names who, what and where", () => {
  assert.equal(
    sayCollision({ name: "Ben" }, "due_at", "Fix the tap"),
    "Ben also changed the due date of “Fix the tap”. Your change will replace it.",
  );
  assert.match(sayCollision(null, "title"), /^Somebody also changed the title\./);
});

test("presence is told once, and again to a new socket", () => {
  const sent = [];
  const socket = { connected: true, emit: (name, payload) => sent.push([name, payload]) };
  const presence = new Presence("b", socket);
  presence.repeat();
  presence.set("t", "edit");
  presence.set("t", "edit");
  assert.deepEqual(sent, [["presence:set", { board: "b", task: "t", mode: "edit" }]]);
  presence.repeat();
  assert.equal(sent.length, 2);
  presence.set(null, null);
  assert.deepEqual(sent.at(-1)[1], { board: "b", task: null, mode: null });
  presence.show("nonsense");
  assert.deepEqual(presence.people.peek(), []);
});

test("without Web Locks one tab at a time holds a lease, and hands it over", async () => {
  const clock = new FakeClock();
  const rows = new Map();
  const storage = new Store(() => ({
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, row) => rows.set(key, row),
    removeItem: (key) => rows.delete(key),
  }));
  const led = [];
  const leave = holdLease(storage, "lease", () => led.push("first"), clock);
  await clock.pass(100);
  const leaveSecond = holdLease(storage, "lease", () => led.push("second"), clock);
  await clock.pass(20_000);
  assert.deepEqual(led, ["first"]);
  leave();
  await clock.pass(2_100);
  assert.deepEqual(led, ["first", "second"]);
  leaveSecond();
  rows.set("lease", JSON.stringify({ tab: "a tab that crashed", until: clock.now() + 3_000 }));
  const leaveThird = holdLease(storage, "lease", () => led.push("third"), clock);
  await clock.pass(2_900);
  assert.equal(led.length, 2);
  await clock.pass(3_000);
  assert.equal(led.at(-1), "third");
  leaveThird();
  rows.set(
    "lease",
    JSON.stringify({ tab: "of a clock that has been put back", until: clock.now() + 3_600_000 }),
  );
  const leaveFourth = holdLease(storage, "lease", () => led.push("fourth"), clock);
  await clock.pass(100);
  assert.equal(led.at(-1), "fourth");
  leaveFourth();
  assert.equal(clock.timers.size, 0);
});
