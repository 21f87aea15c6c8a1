import assert from "node:assert/strict";
import { test } from "node:test";
import { NOBODY, NO_FILTER, isActive, matches, toggled } from "../../static/js/board/filter.js";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const task = (fields) => ({
  title: "Fix sign-in",
  number: 12,
  label_ids: [],
  assignee_ids: [],
  due_at: null,
  completed_at: null,
  ...fields,
});
const passes = (fields, filter) => matches(task(fields), { ...NO_FILTER, ...filter }, NOW);
const inDays = (days) => new Date(NOW + days * 86_400_000).toISOString();

test("every word must occur, in any order and case", () => {
  assert.ok(passes({}, { text: "SIGN fix" }));
  assert.ok(!passes({}, { text: "fix safari" }));
});

test("a number is matched whole", () => {
  assert.ok(passes({}, { text: "#12" }));
  assert.ok(!passes({}, { text: "#1" }));
});

test("any of the chosen labels will do, and so will any of the members", () => {
  assert.ok(passes({ label_ids: ["bug"] }, { labels: ["bug", "urgent"] }));
  assert.ok(!passes({ label_ids: ["docs"] }, { labels: ["bug", "urgent"] }));
  assert.ok(passes({ assignee_ids: ["anna"] }, { members: [NOBODY, "anna"] }));
  assert.ok(passes({}, { members: [NOBODY] }));
  assert.ok(!passes({ assignee_ids: ["anna"] }, { members: [NOBODY] }));
});

for (const [due, days, completed, wanted] of [
  ["overdue", -1, null, true],
  ["overdue", -1, inDays(0), false],
  ["week", -1, null, true],
  ["week", 3, null, true],
  ["week", 8, null, false],
  ["done", 3, inDays(0), true],
  ["none", 3, null, false],
]) {
  test(`due in ${days} days${completed ? ", done" : ""}: "${due}" ${wanted ? "shows" : "hides"} it`, () => {
    assert.equal(passes({ due_at: inDays(days), completed_at: completed }, { due }), wanted);
  });
}

test("blanks alone filter nothing", () => {
  assert.ok(!isActive({ ...NO_FILTER, text: "  " }));
  assert.ok(isActive({ ...NO_FILTER, due: "today" }));
});

test("a choice is put in and taken out", () => {
  assert.deepEqual(toggled(toggled([], "a"), "b"), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
});

test("case and Unicode form make no difference in any script", () => {
  for (const [title, text] of [
    ["ЗАДАЧА", "задача"],
    ["Straße", "STRASSE"],
    ["ΟΔΟΣ", "οδός".normalize("NFD").replace(/\u0301/g, "")],
    ["Ärger", "a\u0308rger"],
    ["İstanbul", "istanbul"],
  ])
    assert.ok(passes({ title }, { text }), `${text} finds ${title}`);
});
