import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyEvent,
  closeTask,
  createReplica,
  fillTask,
  find,
  openTask,
  ReplicaError,
  toSnapshot,
} from "../../static/js/board/store.js";
import { createChance } from "./chance.js";
import { World } from "./world.js";

test("snapshot at n and the events to m are the snapshot at m", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const world = new World(createChance(seed));
    const replica = createReplica(world.snapshot());
    for (let step = 0; step < 80; step += 1) {
      applyEvent(replica, structuredClone(world.work()));
      assert.deepEqual(toSnapshot(replica), world.snapshot(), `seed ${seed}, seq ${world.seq}`);
    }
  }
});

test("an event out of order changes nothing and says what was expected", () => {
  const world = new World(createChance(1));
  const replica = createReplica(world.snapshot());
  const [first, second] = [world.work(), world.work()];
  assert.throws(() => applyEvent(replica, second), {
    name: "Error",
    message: `expected seq ${first.seq}, got ${second.seq}`,
  });
  applyEvent(replica, first);
  assert.throws(() => applyEvent(replica, first), ReplicaError);
  assert.equal(replica.seq, first.seq);
});

test("an event about something never seen changes nothing at all", () => {
  const world = new World(createChance(1));
  const replica = createReplica(world.snapshot());
  const before = toSnapshot(replica);
  const known = { kind: "task", id: world.any("task").id, set: { title: "changed" } };
  for (const stray of [
    { kind: "task", id: "nobody", set: { title: "x" } },
    { kind: "spell", id: "s", set: {} },
  ]) {
    assert.throws(() => applyEvent(replica, { seq: replica.seq + 1, changes: [known, stray] }), ReplicaError);
    assert.deepEqual(toSnapshot(replica), before);
  }
});

test("things are replaced, never changed in place", () => {
  const world = new World(createChance(3));
  const replica = createReplica(world.snapshot());
  const task = replica.things.task.values().next().value;
  const kept = structuredClone(task);
  const touched = applyEvent(replica, world.commit(world.setTask(task, { title: "new" })));
  assert.deepEqual(touched, [{ kind: "task", id: task.id }]);
  assert.deepEqual(task, kept);
  assert.equal(find(replica, "task", task.id).title, "new");
});

test("a key like __proto__ is data, not a prototype", () => {
  const world = new World(createChance(3));
  const replica = createReplica(world.snapshot());
  const id = world.any("task").id;
  const set = JSON.parse('{"title": "x", "__proto__": {"polluted": true}}');
  applyEvent(replica, { seq: replica.seq + 1, changes: [{ kind: "task", id, set }] });
  assert.equal({}.polluted, undefined);
  assert.equal(find(replica, "task", id).polluted, undefined);
});

/** Details as the replica holds them for one task. */
function detailsOf(replica, taskId) {
  const list = (map) =>
    [...map.values()].filter((thing) => thing.task_id === taskId).sort((a, b) => (a.id < b.id ? -1 : 1));
  const lists = {
    comments: list(replica.things.comment),
    checklists: list(replica.things.checklist),
    items: list(replica.things.item),
  };
  return {
    description: replica.things.description.get(taskId)?.text,
    ...lists,
    attachments: list(replica.things.attachment),
  };
}

function sorted({ description, ...lists }) {
  const inOrder = Object.entries(lists).map(([name, list]) => [
    name,
    list.sort((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
  return { description, ...Object.fromEntries(inOrder) };
}

test("an opened task's details follow the log, whenever the answer was made", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const chance = createChance(seed);
    const world = new World(chance, { tasks: 2 });
    for (let step = 0; step < 30; step += 1) world.work();
    const replica = createReplica(world.snapshot());
    const task = world.any("task");
    if (!task) continue;
    openTask(replica, task.id);
    const answers = [];
    for (let step = 0; step < 20 && world.rows.task[task.id]; step += 1) {
      answers.push(world.details(task.id));
      world.work();
    }
    const seen = replica.seq + chance.below(world.seq - replica.seq + 1);
    for (const event of world.after(replica.seq).slice(0, seen - replica.seq)) applyEvent(replica, event);
    fillTask(replica, task.id, chance.pick(answers));
    for (const event of world.after(replica.seq)) applyEvent(replica, event);
    if (!world.rows.task[task.id]) assert.deepEqual(detailsOf(replica, task.id).comments, []);
    else
      assert.deepEqual(sorted(detailsOf(replica, task.id)), sorted(world.details(task.id)), `seed ${seed}`);
  }
});

test("details are kept only while a task is open", () => {
  const world = new World(createChance(5), { tasks: 1 });
  const replica = createReplica(world.snapshot());
  applyEvent(replica, world.commit(world.comment()));
  assert.equal(replica.things.comment.size, 0);
  const taskId = world.any("task").id;
  openTask(replica, taskId);
  fillTask(replica, taskId, world.details(taskId));
  assert.equal(replica.things.comment.size, 1);
  closeTask(replica, taskId);
  assert.equal(replica.things.comment.size + replica.things.description.size, 0);
});
