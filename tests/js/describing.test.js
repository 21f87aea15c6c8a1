import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../static/js/board/api.js";
import { isRewrite, sendRewrite } from "../../static/js/board/describing.js";
import { mergedText } from "../../static/js/board/drafts.js";
import { OverwriteDetector } from "../../static/js/board/overwrite-detector.js";
import { ActivityFeed } from "../../static/js/board/activity.js";
import { FakeClock, settle } from "./fakes.js";

const rewrite = (description, base) => ({
  id: "m",
  board: "b",
  name: "editTask",
  args: { id: "t", fields: { description }, base },
});

/** A task on a server that checks If-Match and knows repeats by their key, and may change between two requests. */
function createServer(description) {
  const task = { description, version: 1 };
  const server = { task, meanwhile: [], done: new Map(), lose: 0 };
  server.get = async (path) => (path === "/boards/b" ? { seq: 50 } : { ...task });
  server.send = async ({ body, headers }, key) => {
    server.meanwhile.shift()?.();
    const known = server.done.get(key);
    if (known && known !== JSON.stringify(body))
      throw new RequestError({
        status: 422,
        title: "Invalid",
        errors: [{ field: "Idempotency-Key", message: "used" }],
      });
    if (known) return { seq: 40 };
    if (headers["If-Match"] !== `"v${task.version}"`) throw new RequestError({ status: 412, title: "Stale" });
    server.edit(body.description);
    server.done.set(key, JSON.stringify(body));
    if (server.lose-- > 0) throw new TypeError("Failed to fetch");
    return { seq: 40 };
  };
  server.edit = (text) => Object.assign(task, { description: text, version: task.version + 1 });
  return server;
}

test("a description is merged with what is there, even when that changes while it is being saved", async () => {
  const server = createServer("one\ntwo\nthree");
  server.edit("ONE\ntwo\nthree");
  server.meanwhile.push(() => server.edit("ONE\ntwo\nthree\nfour"));
  assert.deepEqual(await sendRewrite(server, rewrite("one\n2\nthree", "one\ntwo\nthree")), { seq: 40 });
  assert.equal(server.task.description, "ONE\n2\nthree\nfour");
});

test("where both rewrote the same words it is refused, with theirs", async () => {
  const server = createServer("theirs");
  const refused = await sendRewrite(server, rewrite("mine", "base")).catch((error) => error);
  assert.equal(refused.status, 412);
  assert.equal(refused.problem.theirs, "theirs");
  assert.equal(server.task.description, "theirs");
});

test("a try whose answer got lost is not made twice, even if somebody has gone on from it", async () => {
  const server = createServer("one\ntwo\nthree");
  server.lose = 1;
  const command = rewrite("ONE\ntwo\nthree", "one\ntwo\nthree");
  await assert.rejects(sendRewrite(server, command), TypeError);
  server.edit("ONE\ntwo\nTHREE");
  assert.deepEqual(await sendRewrite(server, command), { seq: 50 });
  assert.equal(server.task.description, "ONE\ntwo\nTHREE");
});

test("only a description with its base is merged", () => {
  assert.ok(isRewrite(rewrite("new", "old")));
  assert.ok(isRewrite(rewrite("new", "")));
  assert.ok(!isRewrite(rewrite("new")));
  assert.ok(!isRewrite({ name: "editTask", args: { fields: { title: "new" }, base: "old" } }));
});

test("a draft and a save beside it make one text, or none", () => {
  const draft = { base: "one\ntwo\nthree", text: "ONE\ntwo\nthree" };
  assert.equal(mergedText(draft, "one\ntwo\nTHREE"), "ONE\ntwo\nTHREE");
  assert.equal(mergedText(draft, "1\ntwo\nthree"), null);
  assert.equal(mergedText(draft, draft.base), null, "nobody has saved");
  assert.equal(mergedText(null, "any"), null);
});

const setTitle = (actor, title, more = {}) => ({
  actor: { id: actor, name: actor },
  changes: [{ kind: "task", id: "t", set: { title, version: 2, ...more } }],
});

test("one is told once when fresh words of one's own are replaced by somebody", () => {
  const clock = new FakeClock();
  const own = new OverwriteDetector("me", clock);
  const theirs = () => own.detect(setTitle("ben", "His"));
  assert.deepEqual(theirs(), []);
  own.detect(setTitle("me", "Mine"));
  assert.deepEqual(theirs(), [
    { ref: { kind: "task", id: "t" }, field: "title", mine: "Mine", theirs: "His" },
  ]);
  assert.deepEqual(theirs(), [], "once");
  own.detect(setTitle("me", "Mine"));
  assert.deepEqual(own.detect(setTitle("ben", "Mine")), [], "the same words");
  own.detect(setTitle("me", "Mine"));
  clock.time += 11 * 60_000;
  assert.deepEqual(theirs(), [], "long ago");
  own.detect(setTitle("me", "Made", { id: "t" }));
  assert.deepEqual(theirs(), [], "a new thing is everybody's to name");
});

test("a feed grows as things happen, asks once for a burst, and goes back page by page", async () => {
  const clock = new FakeClock();
  const log = Array.from({ length: 120 }, (_, index) => ({ seq: index + 1 }));
  const asked = [];
  const api = {
    get: async (url) => {
      asked.push(url);
      const query = Object.fromEntries(new URL(url, "http://x").searchParams);
      const found = log
        .filter(({ seq }) => seq > (query.since ?? 0) && seq < (query.before ?? Infinity))
        .reverse();
      const items = found.slice(0, query.limit);
      return { items, next_before: found.length > items.length ? items.at(-1).seq : null };
    },
  };
  const feed = new ActivityFeed({ boardId: "b", taskId: "t", api, clock });
  await feed.load();
  await feed.more();
  await feed.more();
  assert.deepEqual(
    feed.items.value.map(({ seq }) => seq),
    log.map(({ seq }) => seq).reverse(),
  );
  assert.equal(feed.hasMore.value, false);
  asked.length = 0;
  for (let seq = 121; seq < 130; seq += 1) {
    log.push({ seq });
    feed.onEvent({ changes: [{ kind: "comment", id: `c${seq}`, set: { task_id: "t" } }] });
  }
  feed.onEvent({ changes: [{ kind: "task", id: "other", set: {} }] });
  await clock.pass(300);
  assert.equal(asked.length, 1);
  assert.deepEqual(
    feed.items.value.slice(0, 2).map(({ seq }) => seq),
    [129, 128],
  );
  assert.equal(feed.items.value.length, 129);
  feed.onEvent({ changes: [{ kind: "task", id: "other", set: {} }] });
  await clock.pass(300);
  assert.equal(asked.length, 1, "nothing of it is about this task");
  api.get = () => Promise.reject(new TypeError("Failed to fetch"));
  await feed.catchUp();
  await settle();
  assert.equal(feed.state.value, "failed");
  assert.equal(feed.items.value.length, 129, "what was there stays");
});
