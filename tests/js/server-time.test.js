import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "../../static/js/board/api.js";
import { ago, dueState } from "../../static/js/board/dates.js";
import { ServerTime, serverTime } from "../../static/js/board/server-time.js";

const NOON = Date.parse("2026-06-01T12:00:00Z");
const MINUTE = 60_000;

function open(behind) {
  const clock = { time: NOON - behind, tick: 0, now: () => clock.time, ticks: () => clock.tick };
  return { clock, time: new ServerTime(clock) };
}

function answer(at, askedAt, took = 100) {
  return { date: new Date(at).toUTCString(), askedAt, heardAt: askedAt + took };
}

test("a browser five minutes slow, or fast, knows the server's time to the second", () => {
  for (const behind of [5 * MINUTE, -5 * MINUTE, 26 * 60 * MINUTE]) {
    const { clock, time } = open(behind);
    time.adjust(answer(NOON, clock.time));
    assert.ok(Math.abs(time.now() - NOON) <= 1_000, `${time.now() - NOON}`);
    assert.equal(ago(new Date(NOON).toISOString(), time.now()), "just now");
    assert.equal(dueState({ due_at: new Date(NOON - 3 * MINUTE).toISOString() }, time.now()), "overdue");
    assert.equal(dueState({ due_at: new Date(NOON + 3 * MINUTE).toISOString() }, time.now()), "today");
  }
});

test("an answer that fits changes nothing, however long it took", () => {
  const { clock, time } = open(0);
  for (const took of [0, 50, 900, 29_000]) time.adjust(answer(NOON + took / 2, clock.time, took));
  assert.equal(time.offset.peek(), 0);
  time.adjust({ date: null, askedAt: clock.time, heardAt: clock.time });
  time.adjust({ date: "yesterday", askedAt: clock.time, heardAt: clock.time });
  assert.equal(time.offset.peek(), 0);
});

test("two Date headers in one answer are read as one", () => {
  const { clock, time } = open(5 * MINUTE);
  const date = new Date(NOON).toUTCString();
  time.adjust({ date: `${date}, ${date}`, askedAt: clock.time, heardAt: clock.time + 10 });
  assert.ok(Math.abs(time.now() - NOON) <= 1_000);
});

test("a clock that is set while the page is open, and a machine that slept, are noticed", () => {
  const { clock, time } = open(0);
  const pass = (now, ticks) => Object.assign(clock, { time: clock.time + now, tick: clock.tick + ticks });
  pass(MINUTE, MINUTE);
  assert.equal(time.hasJumped(), false);
  pass(-4 * MINUTE, MINUTE);
  assert.equal(time.hasJumped(), true);
  assert.equal(time.hasJumped(), false);
  pass(60 * MINUTE, MINUTE);
  assert.equal(time.hasJumped(), true);
});

test("what has happened is never in the future", () => {
  assert.equal(ago(new Date(NOON + 5 * MINUTE).toISOString(), NOON), "just now");
  assert.match(ago(new Date(NOON - 5 * MINUTE).toISOString(), NOON), /5/);
});

test("every answer of the API says what time it is, refusals too", async () => {
  const ahead = Date.now() + 5 * MINUTE;
  const fetch = async () =>
    new Response("{}", { status: 404, headers: { Date: new Date(ahead).toUTCString() } });
  await createApi({ csrfToken: "", fetch })
    .get("/tasks/x")
    .catch(() => {});
  assert.ok(Math.abs(serverTime.now() - ahead) < 2_000);
  serverTime.offset.value = 0;
});
