import assert from "node:assert/strict";
import { test } from "node:test";
import { fromInputs, shortDate, toInputs } from "../../static/js/board/dates.js";
import { isConflict } from "../../static/js/board/drafts.js";
import { safeLink } from "../../static/js/board/links.js";
import { speed } from "../../static/js/board/scrolling.js";

test("a date goes through the form controls and comes back the same", () => {
  const due = "2026-11-24T16:00:00.000Z";
  const { date, time } = toInputs(due);
  assert.equal(fromInputs(date, time), due);
  assert.equal(fromInputs("", "12:00"), null);
  assert.equal(fromInputs("2026-13-40", "12:00"), null);
  assert.deepEqual(toInputs(null), { date: "", time: "" });
});

test("the year is named when it is not this one", () => {
  const now = Date.parse("2026-06-01T12:00:00Z");
  assert.ok(!shortDate("2026-06-05T12:00:00Z", now).includes("2026"));
  assert.ok(shortDate("2027-06-05T12:00:00Z", now).includes("2027"));
});

test("a draft is in conflict only when somebody else changed the field to something else", () => {
  assert.ok(!isConflict(null, "theirs"));
  assert.ok(!isConflict({ base: "old", text: "mine" }, "old"));
  assert.ok(!isConflict({ base: "old", text: "same" }, "same"));
  assert.ok(isConflict({ base: "old", text: "mine" }, "theirs"));
});

test("a link that would run as whoever clicks it is no link", () => {
  for (const bad of [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "java\nscript:alert(1)",
    "not a url",
  ]) {
    assert.equal(safeLink(bad), null, bad);
  }
  assert.equal(safeLink("https://example.org/a"), "https://example.org/a");
});

test("scrolling is still in the middle, and faster the nearer to an edge", () => {
  assert.equal(speed(500, 0, 1000), 0);
  assert.ok(speed(10, 0, 1000) < speed(40, 0, 1000) && speed(40, 0, 1000) < 0);
  assert.ok(speed(2000, 0, 1000) >= speed(990, 0, 1000) && speed(990, 0, 1000) > 0);
});
