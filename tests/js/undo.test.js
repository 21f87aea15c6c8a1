import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../static/js/board/api.js";
import { Outbox } from "../../static/js/board/outbox.js";
import { Undo } from "../../static/js/board/undo.js";
import { FakeClock, createAir, createElection, createStorage, settle } from "./fakes.js";

/** A tab: an outbox whose sending the test steers, undo on top of it, and a server that counts. */
function openTab({ air = createAir(), election = createElection(), rows = new Map() } = {}) {
  const clock = new FakeClock();
  const server = { seq: 10, steps: [], sending: [] };
  const api = {
    send: async ({ path, body }) => (
      server.steps.push([path, body]), { body: { origin: body.seq ?? 1 }, seq: 1 }
    ),
  };
  const undo = new Undo({ boardId: "b", api, outbox: () => outbox });
  const listener = {
    answered: ({ id }, seq) => undo.answered(id, seq),
    refused: ({ id }) => undo.refused(id),
    withdrawn: (command) => undo.withdrawn(command),
  };
  const send = ({ id }) => new Promise((answer, fail) => server.sending.push({ id, answer, fail }));
  const ports = {
    storage: createStorage(rows),
    send,
    leader: election,
    channel: air(),
    clock,
    random: () => 1,
    listener,
  };
  const outbox = new Outbox(ports);
  const give = (id) => (
    undo.begin(), outbox.add({ id, board: "b", name: "archiveTask", args: { id: "t" }, at: "now" })
  );
  const next = async () => (await settle(), server.sending.shift());
  return { clock, server, undo, outbox, rows, give, next, start: () => outbox.start() };
}

test("what is waiting behind another is taken out of the queue; what is being sent is waited for", async () => {
  const tab = openTab();
  await tab.start();
  tab.give("1");
  tab.give("2");
  const first = await tab.next();
  assert.equal((await tab.undo.undo()).withdrawn.id, "2");
  assert.deepEqual(
    tab.outbox.unsent().map(({ id }) => id),
    ["1"],
  );
  const undone = tab.undo.undo();
  await settle();
  assert.deepEqual(tab.server.steps, []);
  first.answer({ seq: 7 });
  assert.deepEqual(await undone, { origin: 7 });
  assert.deepEqual(tab.server.steps, [["/boards/b/undo", { seq: 7 }]]);
  assert.equal(tab.rows.size, 0);
});

test("with nothing unsent the server undoes one's newest change", async () => {
  const tab = openTab();
  await tab.start();
  await tab.undo.undo();
  await tab.undo.redo();
  assert.deepEqual(tab.server.steps, [
    ["/boards/b/undo", {}],
    ["/boards/b/redo", {}],
  ]);
});

test("redo goes back the way undo came, and a new change ends it", async () => {
  const tab = openTab();
  await tab.start();
  tab.give("1");
  tab.give("2");
  const first = await tab.next();
  await tab.undo.undo();
  first.answer({ seq: 7 });
  await settle();
  await tab.undo.undo();
  await tab.undo.redo();
  assert.deepEqual(tab.server.steps.at(-1), ["/boards/b/redo", {}]);
  await tab.undo.redo();
  assert.deepEqual(
    tab.outbox.unsent().map(({ args }) => args),
    [{ id: "t" }],
    "given again, under a new id",
  );
  assert.notEqual(tab.outbox.unsent()[0].id, "2");
  (await tab.next()).answer({ seq: 9 });
  await settle();
  await tab.undo.undo();
  assert.equal(tab.undo.undone.length, 1);
  tab.give("3");
  assert.deepEqual(tab.undo.undone, []);
});

test("a try that fails frees what is unwanted; should it have got through, the server undoes it", async () => {
  const tab = openTab();
  await tab.start();
  tab.give("1");
  const first = await tab.next();
  const undone = tab.undo.takeBack("1");
  await settle();
  first.fail(new TypeError("Failed to fetch"));
  assert.equal((await undone).withdrawn.id, "1");
  assert.deepEqual(tab.outbox.unsent(), []);
  await tab.clock.pass(60_000);
  assert.deepEqual(tab.server.sending, [], "it is not tried again");
  tab.undo.answered("1", 9);
  await settle();
  assert.deepEqual(tab.server.steps, [["/boards/b/undo", { seq: 9 }]]);
});

test("a refused change needs no undoing, and a refused undo does not block the next", async () => {
  const tab = openTab();
  await tab.start();
  tab.give("1");
  (await tab.next()).fail(new RequestError({ status: 422, title: "Invalid" }));
  await settle();
  assert.equal(await tab.undo.takeBack("1"), null);
  const send = tab.undo.api.send;
  tab.undo.api.send = () => Promise.reject(new Error("409"));
  await assert.rejects(tab.undo.undo(), /409/);
  tab.undo.api.send = send;
  assert.deepEqual(await tab.undo.undo(), { origin: 1 });
});

test("another tab sends: it takes the command out, and both know", async () => {
  const shared = { air: createAir(), election: createElection(), rows: new Map() };
  const [sender, other] = [openTab(shared), openTab(shared)];
  await sender.start();
  await other.start();
  sender.give("1");
  await sender.next();
  other.give("2");
  await settle();
  assert.equal(sender.outbox.unsent().length, 2);
  assert.equal((await other.undo.undo()).withdrawn.id, "2");
  await settle();
  assert.deepEqual(
    sender.outbox.unsent().map(({ id }) => id),
    ["1"],
  );
  assert.deepEqual(
    [...shared.rows.keys()].filter((key) => key !== "last"),
    ["1"],
  );
});
