import assert from "node:assert/strict";
import { test } from "node:test";
import { Sync } from "../../static/js/board/sync.js";
import { applyEvent, createReplica, toSnapshot } from "../../static/js/board/store.js";
import { createChance } from "./chance.js";
import { RequestError } from "../../static/js/board/api.js";
import { FakeClock, settle } from "./fakes.js";
import { FakeServer, FakeSocket } from "./network.js";
import { World } from "./world.js";

/** A server, a line and a synced replica. */
function stage(seed, { faults, ...limits } = {}) {
  const chance = createChance(seed);
  const clock = new FakeClock();
  const server = new FakeServer(new World(chance), limits);
  const socket = new FakeSocket(server, clock, chance, faults);
  const seen = { states: [], batches: [], ended: [], roles: [], people: [], snapshots: [] };
  const store = {
    replica: null,
    seq: () => store.replica?.seq ?? null,
    reset: (snapshot) => (store.replica = createReplica(snapshot)),
    apply: (events) => {
      seen.batches.push(events.map(({ seq }) => seq));
      for (const event of events) applyEvent(store.replica, event);
    },
  };
  const listener = {
    state: (state) => seen.states.push(state),
    role: (role) => seen.roles.push(role),
    presence: (people) => seen.people.push(people),
    ended: (...end) => seen.ended.push(end),
    snapshot: (error) => seen.snapshots.push(error),
  };
  const fetchSnapshot = () => server.fetchSnapshot();
  const ports = { board: "b", socket, clock, random: chance.next, fetchSnapshot, replica: store, listener };
  return { chance, clock, server, socket, store, seen, sync: new Sync(ports) };
}

async function live(seed, options) {
  const scene = stage(seed, options);
  scene.sync.start();
  await scene.clock.pass(5_000);
  return scene;
}

function assertEqualToLog({ store, server, sync }, message) {
  assert.deepEqual(toSnapshot(store.replica), server.world.snapshot(), message);
  assert.equal(sync.state, "live", message);
}

test("loads, joins, and applies what is pushed", async () => {
  const scene = await live(1);
  for (let step = 0; step < 20; step += 1) scene.server.work();
  await scene.clock.pass(10);
  assertEqualToLog(scene);
  assert.deepEqual(scene.seen.states, ["away", "joining", "live"]);
  assert.equal(scene.server.snapshots, 1);
  assert.deepEqual(scene.seen.roles, ["editor"]);
});

test("on a bad line the replica ends equal to the log", async () => {
  const faults = { drop: 0.25, double: 0.2, delay: 0.4, cut: 0.02 };
  for (let seed = 1; seed <= 60; seed += 1) {
    const scene = await live(seed, { faults, keeps: seed % 3 ? Infinity : 25 });
    for (let step = 0; step < 60; step += 1) {
      scene.server.work();
      await scene.clock.pass(scene.chance.below(120));
    }
    Object.assign(scene.socket.faults, { drop: 0, delay: 0, cut: 0 });
    for (let beat = 0; beat < 12; beat += 1) {
      scene.server.heads();
      await scene.clock.pass(10_000);
    }
    assertEqualToLog(scene, `seed ${seed}`);
    const applied = scene.seen.batches.flat();
    assert.equal(new Set(applied).size, applied.length, `seed ${seed}: nothing is applied twice`);
  }
});

test("an early event is held, and the gap asked for after 250 ms", async () => {
  const scene = await live(2);
  const push = (event) => scene.socket.hear("board:events", { board: "b", events: [event] });
  const [first, second] = [scene.server.world.work(), scene.server.world.work()];
  const before = scene.store.seq();
  push(second);
  await scene.clock.pass(200);
  assert.equal(scene.store.seq(), before);
  assert.ok(!scene.socket.sent.includes("board:sync"));
  await scene.clock.pass(100);
  assert.ok(scene.socket.sent.includes("board:sync"));
  assertEqualToLog(scene);
  push(first);
  assert.equal(scene.store.seq(), second.seq);
});

test("a gap that fills itself in time asks for nothing", async () => {
  const scene = await live(3);
  const [first, second] = [scene.server.world.work(), scene.server.world.work()];
  scene.socket.hear("board:events", { board: "b", events: [second] });
  await scene.clock.pass(100);
  scene.socket.hear("board:events", { board: "b", events: [first] });
  await scene.clock.pass(1_000);
  assert.ok(!scene.socket.sent.includes("board:sync"));
  assertEqualToLog(scene);
});

test("a head that is ahead asks at once, page after page", async () => {
  const scene = await live(4, { page: 5 });
  for (let step = 0; step < 23; step += 1) scene.server.world.work();
  scene.server.heads();
  await scene.clock.pass(100);
  assertEqualToLog(scene);
  assert.equal(scene.socket.sent.filter((name) => name === "board:sync").length, 5);
});

test("too far behind takes a new snapshot", async () => {
  const scene = await live(5, { keeps: 10 });
  scene.socket.cut();
  for (let step = 0; step < 30; step += 1) scene.server.world.work();
  await scene.clock.pass(3_000);
  assertEqualToLog(scene);
  assert.equal(scene.server.snapshots, 2);
});

test("a log behind us was restored from a backup: a new snapshot is taken", async () => {
  const scene = await live(6);
  for (let step = 0; step < 5; step += 1) scene.server.work();
  await scene.clock.pass(10);
  scene.server.world = new World(createChance(60));
  scene.socket.cut();
  await scene.clock.pass(3_000);
  assertEqualToLog(scene);
});

/** The server is stopped, an older backup is put back, and the board grows to where it was: other changes, same seq. */
function restore({ server }, { epoch, chance = 61 }) {
  const { seq } = server.world;
  server.world = new World(createChance(chance), { epoch });
  while (server.world.seq < seq) server.world.work();
}

for (const way of ["join", "head", "push"]) {
  test(`a log that was replaced by another one of the same length is noticed by a ${way}`, async () => {
    const scene = await live(62, { checks: false });
    for (let step = 0; step < 5; step += 1) scene.server.work();
    await scene.clock.pass(10);
    const seq = scene.store.seq();
    if (way === "join") scene.socket.cut();
    restore(scene, { epoch: "second" });
    assert.equal(scene.server.world.seq, seq);
    if (way === "head") scene.server.heads();
    if (way === "push") scene.server.work();
    await scene.clock.pass(3_000);
    assertEqualToLog(scene);
    assert.equal(scene.server.snapshots, 2);
    scene.server.work();
    await scene.clock.pass(10);
    assertEqualToLog(scene);
  });
}

for (const before of ["a snapshot", "changes"]) {
  test(`a log that was replaced without anybody's notice is told apart by the last change of ${before}`, async () => {
    const scene = await live(63);
    if (before === "changes") for (let step = 0; step < 5; step += 1) scene.server.work();
    await scene.clock.pass(10);
    scene.socket.cut();
    restore(scene, { epoch: "first" });
    await scene.clock.pass(3_000);
    assertEqualToLog(scene);
  });
}

for (const named of [true, false]) {
  test(`a guest keeps up on a busy board, whose snapshot ${named ? "names" : "doesn't name"} its change`, async () => {
    const scene = stage(64, { guests: true });
    scene.server.named = named;
    scene.sync.start();
    for (let step = 0; step < 60; step += 1) {
      scene.server.work();
      if (step === 30) scene.socket.cut();
      await scene.clock.pass(20);
    }
    await scene.clock.pass(2_000);
    assertEqualToLog(scene);
    assert.equal(scene.server.snapshots, named ? 1 : 2, "a reset each time would never end");
  });
}

test("more is asked for although the seq is reached", async () => {
  const scene = await live(65, { page: 5 });
  const answer = scene.server.answer.bind(scene.server);
  let told = 0;
  scene.server.answer = (...ask) => ({ ...answer(...ask), ...(told++ === 0 && { more: true }) });
  scene.sync.sync();
  await scene.clock.pass(100);
  assertEqualToLog(scene);
});

test("an event that can't be applied takes a new snapshot, once", async (t) => {
  t.mock.method(console, "error", () => {});
  const scene = await live(7);
  const seq = scene.store.seq() + 1;
  scene.server.world.work();
  const broken = { seq, changes: [{ kind: "task", id: "nobody", set: { title: "x" } }] };
  scene.socket.hear("board:events", { board: "b", events: [broken] });
  await scene.clock.pass(1_000);
  assertEqualToLog(scene);
  assert.equal(scene.server.snapshots, 2);
});

test("a server that is down is tried again, and work done meanwhile is there", async () => {
  const scene = await live(8);
  scene.server.down = true;
  scene.socket.cut();
  await scene.clock.pass(20_000);
  assert.equal(scene.sync.state, "away");
  for (let step = 0; step < 10; step += 1) scene.server.world.work();
  scene.server.down = false;
  await scene.clock.pass(40_000);
  assertEqualToLog(scene);
});

test("a first snapshot that fails is tried again", async () => {
  const scene = stage(9);
  scene.server.down = true;
  scene.sync.start();
  await scene.clock.pass(3_000);
  assert.equal(scene.store.seq(), null);
  scene.server.down = false;
  await scene.clock.pass(60_000);
  assertEqualToLog(scene);
});

test("a line that looks alive but answers nothing is replaced", async () => {
  const scene = await live(10);
  scene.socket.faults.drop = 1;
  scene.server.work();
  scene.sync.wake();
  await scene.clock.pass(8_500);
  scene.socket.faults.drop = 0;
  await scene.clock.pass(10_000);
  assertEqualToLog(scene);
});

test("an answer to a question of an earlier line is nobody's", async () => {
  const scene = await live(18);
  const answers = [];
  const emit = scene.socket.emit.bind(scene.socket);
  scene.socket.emit = (_name, _payload, answer) => answers.push(answer);
  scene.sync.wake();
  scene.socket.cut();
  scene.socket.emit = emit;
  await scene.clock.pass(3_000);
  assertEqualToLog(scene);
  answers[0]({ ok: true, reset: true, seq: 1 });
  await scene.clock.pass(100);
  assert.equal(scene.server.snapshots, 1);
});

test("silence is questioned", async () => {
  const scene = await live(11);
  scene.server.world.work();
  await scene.clock.pass(40_000);
  assertEqualToLog(scene);
});

test("revoked access and an ended session end it, and say why", async () => {
  for (const [name, message, kind] of [
    ["board:revoked", { board: "b", reason: "removed" }, "revoked"],
    ["session:ended", { reason: "removed" }, "signed-out"],
  ]) {
    const scene = await live(12);
    scene.socket.hear("board:revoked", { board: "another", reason: "x" });
    assert.equal(scene.sync.state, "live");
    scene.socket.hear(name, message);
    assert.deepEqual(scene.seen.ended, [[kind, "removed"]]);
    scene.server.work();
    scene.sync.wake();
    await scene.clock.pass(60_000);
    assert.equal(scene.sync.state, "ended");
    assert.equal(scene.clock.timers.size, 0);
  }
});

test("a join that is refused ends it: signed out or no access", async () => {
  for (const [status, kind] of [
    [401, "signed-out"],
    [403, "revoked"],
    [404, "revoked"],
  ]) {
    const scene = stage(13);
    scene.server.answer = () => ({ ok: false, error: { status, title: "No", detail: "no" } });
    scene.sync.start();
    await scene.clock.pass(1_000);
    assert.deepEqual(scene.seen.ended, [[kind, "no"]]);
  }
});

test("a join that fails for now is tried again", async () => {
  const scene = stage(14);
  const answer = scene.server.answer.bind(scene.server);
  scene.server.answer = () => ({ ok: false, error: { status: 503, title: "Busy" } });
  scene.sync.start();
  await scene.clock.pass(2_000);
  assert.deepEqual(scene.seen.ended, []);
  scene.server.answer = answer;
  await scene.clock.pass(30_000);
  assertEqualToLog(scene);
});

test("a refusal that names a wait is obeyed, in answers of the socket and of the snapshot alike", async () => {
  const problem = { status: 429, title: "Too many", retry_after: 120 };
  const scene = stage(14);
  const answer = scene.server.answer.bind(scene.server);
  scene.server.answer = () => ({ ok: false, error: problem });
  scene.sync.start();
  await scene.clock.pass(5_000);
  const asked = scene.socket.sent.length;
  await scene.clock.pass(110_000);
  assert.equal(scene.socket.sent.length, asked);
  scene.server.answer = answer;
  await scene.clock.pass(15_000);
  assertEqualToLog(scene);

  const other = stage(15);
  let fetched = 0;
  other.server.fetchSnapshot = () => Promise.reject(((fetched += 1), new RequestError(problem)));
  other.sync.start();
  await other.clock.pass(115_000);
  assert.equal(fetched, 1);
  await other.clock.pass(15_000);
  assert.equal(fetched, 2);
});

test("a burst is one batch", async () => {
  const scene = await live(15);
  const events = Array.from({ length: 1_000 }, () => scene.server.world.work());
  scene.socket.hear("board:events", { board: "b", events });
  assert.equal(scene.seen.batches.length, 1);
  assertEqualToLog(scene);
});

test("what is held is bounded; the log has it all", async () => {
  const scene = await live(16, { page: 10_000 });
  const events = Array.from({ length: 6_000 }, () => scene.server.world.work());
  scene.socket.hear("board:events", { board: "b", events: events.slice(1) });
  assert.equal(scene.sync.buffer.size, 0);
  await scene.clock.pass(100);
  assertEqualToLog(scene);
});

test("messages that make no sense change nothing", async () => {
  const scene = await live(17);
  for (const message of [
    undefined,
    {},
    { board: "b" },
    { board: "b", events: "x" },
    { board: "b", events: [] },
  ]) {
    scene.socket.hear("board:events", message);
  }
  await scene.clock.pass(1_000);
  assertEqualToLog(scene);
});

test("a server that restarts sends us on at the moment it names, and nothing is missed", async () => {
  const scene = await live(9);
  scene.socket.hear("server:restarting", { after_ms: 1_500 });
  assert.equal(scene.sync.state, "away");
  for (let step = 0; step < 5; step += 1) scene.server.work();
  await scene.clock.pass(1_400);
  assert.equal(scene.socket.connected, false);
  await scene.clock.pass(200);
  assertEqualToLog(scene);
  assert.equal(scene.server.snapshots, 1);
});

test("a snapshot that can't be had or can't be taken is told, tried again when asked, and forgotten when it comes", async () => {
  const scene = stage(3);
  const { sync, server, clock, seen } = scene;
  const answers = [new RequestError({ status: 503, title: "Unavailable", detail: "The disk is full." }), {}];
  const fetchSnapshot = sync.fetchSnapshot;
  sync.fetchSnapshot = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next ?? fetchSnapshot();
  };
  sync.start();
  await settle();
  assert.deepEqual(
    seen.snapshots.map((error) => error.problem?.detail),
    ["The disk is full."],
  );
  sync.wake();
  await settle();
  assert.equal(seen.snapshots.length, 2);
  assert.ok(seen.snapshots[1] instanceof Error, "a snapshot without a board");
  await clock.pass(5_000);
  assert.equal(seen.snapshots[2], null);
  assertEqualToLog(scene);
  assert.equal(server.snapshots, 1);
});
