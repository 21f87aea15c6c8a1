import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { Writing, followLosses } from "../../static/js/board/losses.js";
import { sayCause } from "../../static/js/board/wording.js";

/** A page of boxes; those of `drafts` show a draft. */
function createPage() {
  const page = new EventTarget();
  page.drafts = new Set();
  page.querySelectorAll = () => [...page.drafts].filter((box) => box.isConnected);
  page.say = (name, box) => {
    const event = new Event(name);
    Object.defineProperty(event, "target", { value: box });
    page.dispatchEvent(event);
  };
  page.type = (value, isInForm = false) => {
    const box = { value, isConnected: true, matches: () => true, closest: () => (isInForm ? {} : null) };
    page.say("input", box);
    return box;
  };
  return page;
}

function open() {
  const [page, notices] = [createPage(), new Map()];
  const session = {
    cause: signal(null),
    role: signal("editor"),
    signedOut: signal(null),
    labels: signal([{ id: "l", name: "urgent" }]),
    task: () => signal({ title: "Plan" }),
    column: () => signal(undefined),
    tellLost: (why, text) => notices.set(text, why),
    forgetLost: (text) => notices.delete(text),
  };
  followLosses({ session, me: { id: "me" } }, new Writing(page));
  const turn = () => new Promise((done) => setTimeout(done));
  return { page, session, notices, turn };
}

const deleted = (kind, id) => ({ actor: { id: "a", name: "Anna" }, changes: [{ kind, id, del: true }] });

test("words that lose their place are told with the cause, those that keep it are not", async () => {
  const { page, session, notices, turn } = open();
  await turn();
  const [lost, kept] = [page.type("a thought"), page.type("another")];
  session.cause.value = deleted("task", "t");
  lost.isConnected = false;
  await turn();
  assert.deepEqual([...notices], [["a thought", "Anna deleted the card “Plan”"]]);
  page.say("focusout", kept);
  kept.isConnected = false;
  session.cause.value = deleted("task", "t");
  await turn();
  assert.equal(notices.size, 1);
});

test("a draft that is older than the page is told as well", async () => {
  const { page, session, notices, turn } = open();
  await turn();
  const box = { value: "of yesterday", isConnected: true };
  page.drafts.add(box);
  session.cause.value = deleted("comment", "c");
  box.isConnected = false;
  await turn();
  assert.deepEqual([...notices], [["of yesterday", "Anna deleted the comment"]]);
});

test("words that are in a box again need no notice", async () => {
  const { page, session, notices, turn } = open();
  await turn();
  const box = page.type("a thought", true);
  session.role.value = "viewer";
  box.isConnected = false;
  await turn();
  assert.deepEqual([...notices.keys()], ["a thought"]);
  page.drafts.add({ value: "a thought", isConnected: true });
  session.role.value = "editor";
  await turn();
  assert.equal(notices.size, 0);
});

test("words under a session that ended are told until it is back, or their box is opened", async () => {
  const { page, session, notices, turn } = open();
  await turn();
  page.type("a thought", true);
  session.signedOut.value = "Your session ended";
  await turn();
  page.dispatchEvent(new Event("focusin"));
  assert.deepEqual([...notices], [["a thought", "Your session ended"]]);
  session.signedOut.value = null;
  await turn();
  assert.equal(notices.size, 0);
});

test("a cause names who took what", () => {
  const anna = { id: "a", name: "Anna" };
  const say = (changes, actor = anna) => sayCause({ actor, changes }, "me", () => "Plan");
  assert.equal(say([{ kind: "label", id: "l", del: true }]), "Anna deleted the label “Plan”");
  assert.equal(
    say([{ kind: "board", set: { archived_at: "2026-11-24" } }]),
    "Anna archived the board “Plan”",
  );
  assert.equal(say([{ kind: "member", id: "me", set: { role: "editor" } }]), "Anna made you an editor");
  const own = say([{ kind: "task", id: "t", del: true }], { id: "me" });
  assert.equal(own, "You, in another window, deleted the card “Plan”");
  assert.equal(say([{ kind: "task", id: "t", set: { title: "x" } }]), undefined);
});
