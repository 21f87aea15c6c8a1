import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals-core";
import { createCommands } from "../../static/js/board/commands.js";
import { newId } from "../../static/js/board/identity.js";
import { BoardModel } from "../../static/js/board/model.js";
import { compare } from "../../static/js/board/ordering.js";
import { rebase, createReplica } from "../../static/js/board/store.js";
import { createChance } from "./chance.js";
import { World } from "./world.js";

const AT = "2026-02-02T00:00:00.000Z";

/** A model on a world, with commands that stay pending until the test says otherwise. */
function stage(seed = 1, size) {
  const world = new World(createChance(seed), size);
  const heard = { confirmed: [], collided: [] };
  const model = new BoardModel({
    confirmed: (id) => heard.confirmed.push(id),
    collided: (_event, collision) => heard.collided.push(collision),
  });
  model.reset(world.snapshot());
  const give = (name, args) => {
    const command = { id: newId(), board: "b", name, args, at: AT, user: "u1", userName: "Anna" };
    model.lay(command);
    return command.id;
  };
  const commands = createCommands({ boardId: "b", view: () => model.view, give });
  return { world, model, commands, heard, give, shown: model.projection };
}

const columnsOf = ({ shown }) => shown.columnIds.peek();
const tasksOf = ({ shown }, columnId) => shown.tasksOf(columnId).peek();

/** How often a signal has changed since. */
function countChanges(signal) {
  let changes = -1;
  const stop = effect(() => (signal.value, (changes += 1)));
  return { get: () => changes, stop };
}

/** What the projection should show, worked out the slow way. */
function expectedOrder(model) {
  const order = {};
  for (const column of model.view.all("column")) {
    const tasks = [...model.view.all("task")].filter(
      (task) => task.column_id === column.id && !task.archived_at,
    );
    order[column.id] = tasks.sort((a, b) => compare(a.position, a.id, b.position, b.id)).map(({ id }) => id);
  }
  return order;
}

test("the lists always say what the view says", () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const scene = stage(seed);
    for (let step = 0; step < 60; step += 1) {
      scene.model.apply(
        scene.world.chance.happens(0.5) ? [scene.world.work()] : [scene.world.work(), scene.world.work()],
      );
      for (const [id, ids] of Object.entries(expectedOrder(scene.model)))
        assert.deepEqual(tasksOf(scene, id), ids);
    }
    for (const task of scene.model.view.all("task"))
      assert.deepEqual(scene.shown.of("task", task.id).peek(), task);
    const archived = [...scene.model.view.all("task")].filter((task) => task.archived_at).length;
    assert.equal(scene.shown.archived.peek().tasks.length, archived);
  }
});

test("one event about one task of 5,000 changes that task's signal and its columns' lists, nothing else", () => {
  const scene = stage(1, { tasks: 5_000, columns: 4 });
  const [task, other] = [...scene.model.replica.things.task.values()];
  const columns = columnsOf(scene);
  const to = columns.find((id) => id !== task.column_id);
  const counts = new Map(columns.map((id) => [id, countChanges(scene.shown.tasksOf(id))]));
  const [ofTask, ofOther] = [
    countChanges(scene.shown.of("task", task.id)),
    countChanges(scene.shown.of("task", other.id)),
  ];
  const rest = [scene.shown.columnIds, scene.shown.labels, scene.shown.archived, scene.shown.members].map(
    countChanges,
  );

  scene.model.apply([scene.world.commit(scene.world.setTask(task, { title: "new" }))]);
  assert.deepEqual([ofTask.get(), ofOther.get()], [1, 0]);
  assert.deepEqual(
    [...counts.values()].map(({ get }) => get()),
    [0, 0, 0, 0],
  );

  scene.model.apply([scene.world.commit(scene.world.setTask(task, { column_id: to }))]);
  for (const id of columns) assert.equal(counts.get(id).get(), id === to || id === task.column_id ? 1 : 0);
  assert.deepEqual([ofTask.get(), ofOther.get()], [2, 0]);
  assert.deepEqual(
    rest.map(({ get }) => get()),
    [0, 0, 0, 0],
  );
});

test("a burst of 1,000 events changes a signal once", () => {
  const scene = stage(2, { tasks: 500, columns: 2 });
  const task = scene.world.any("task");
  const [ofTask, ofColumn] = [scene.shown.of("task", task.id), scene.shown.tasksOf(columnsOf(scene)[0])].map(
    countChanges,
  );
  const edit = (n) =>
    scene.world.commit(scene.world.setTask(scene.world.rows.task[task.id], { title: `t${n}` }));
  const move = () => scene.world.commit(scene.world.moveTask());
  scene.model.apply(Array.from({ length: 1_000 }, (_, n) => (n % 2 ? edit(n) : move())));
  assert.equal(ofTask.get(), 1);
  assert.equal(ofColumn.get(), 1);
});

test("the cost of a burst grows with its length, not with the board", () => {
  const scene = stage(3, { tasks: 5_000, columns: 1 });
  let compared = 0;
  for (const task of scene.model.replica.things.task.values()) {
    const position = task.position;
    Object.defineProperty(task, "position", { get: () => ((compared += 1), position) });
  }
  scene.model.apply(Array.from({ length: 1_000 }, () => scene.world.commit(scene.world.editTask())));
  assert.ok(compared < 5_000, `${compared} positions read for edits that move nothing`);
});

test("an edit shows at once and gives way to its own event without a flicker", () => {
  const scene = stage(4);
  const task = scene.world.any("task");
  const titles = [];
  effect(() => titles.push(scene.shown.of("task", task.id).value.title));
  const mutation = scene.commands.editTask(task.id, { title: "mine" });
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { title: "mine" }), { mutation })]);
  assert.deepEqual([...new Set(titles)], [task.title, "mine"]);
  assert.equal(scene.model.pending.size, 0);
  assert.deepEqual(scene.heard.confirmed, [mutation]);
  scene.model.answered(mutation, scene.world.seq);
  assert.equal(titles.at(-1), "mine");
});

test("an answer that comes first keeps the edit on screen until the replica is there", () => {
  const scene = stage(5);
  const task = scene.world.any("task");
  const earlier = scene.world.commit(scene.world.setTask(task, { due_at: AT }));
  const mutation = scene.commands.editTask(task.id, { title: "mine" });
  const own = scene.world.commit(scene.world.setTask(task, { title: "mine" }), { mutation });
  scene.model.answered(mutation, own.seq);
  const title = () => scene.shown.of("task", task.id).peek().title;
  assert.equal(title(), "mine");
  scene.model.apply([earlier]);
  assert.equal(title(), "mine");
  assert.equal(scene.model.pending.size, 1);
  scene.model.apply([own]);
  assert.equal(title(), "mine");
  assert.equal(scene.model.pending.size, 0);
});

test("an answer that changed nothing (no event) ends the pending state", () => {
  const scene = stage(6);
  const task = scene.world.any("task");
  const mutation = scene.commands.editTask(task.id, { title: task.title });
  scene.model.answered(mutation, scene.world.seq);
  assert.equal(scene.model.pending.size, 0);
});

test("once the own event is in, a later change of somebody else shows", () => {
  const scene = stage(7);
  const task = scene.world.any("task");
  const mutation = scene.commands.editTask(task.id, { title: "mine" });
  scene.model.apply([
    scene.world.commit(scene.world.setTask(task, { title: "mine" }), { mutation }),
    scene.world.commit(scene.world.setTask(task, { title: "theirs" })),
  ]);
  assert.equal(scene.shown.of("task", task.id).peek().title, "theirs");
});

test("a refused edit goes back to what is true now, not to what was", () => {
  const scene = stage(8);
  const task = scene.world.any("task");
  const mutation = scene.commands.editTask(task.id, { title: "mine" });
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { title: "theirs" }))]);
  assert.equal(scene.shown.of("task", task.id).peek().title, "mine");
  scene.model.drop([mutation]);
  assert.equal(scene.shown.of("task", task.id).peek().title, "theirs");
});

test("different fields of one task merge; the same field is told as a collision", () => {
  const scene = stage(9);
  const task = scene.world.any("task");
  scene.commands.editTask(task.id, { title: "mine" });
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { due_at: AT }))]);
  assert.deepEqual(scene.heard.collided, []);
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { title: "theirs" }))]);
  const [{ ref, field, mine, theirs }] = scene.heard.collided;
  assert.deepEqual([ref.id, field, mine, theirs], [task.id, "title", "mine", "theirs"]);
  assert.equal(scene.heard.collided.length, 1);
  assert.equal(scene.shown.of("task", task.id).peek().due_at, AT);
});

test("a description collides too", () => {
  const scene = stage(10);
  const task = scene.world.any("task");
  scene.commands.editTask(task.id, { description: "mine" });
  scene.model.apply([
    scene.world.commit(scene.world.setTask(task, { description: "theirs", has_description: true })),
  ]);
  assert.deepEqual(
    scene.heard.collided.map(({ field, theirs }) => [field, theirs]),
    [["description", "theirs"]],
  );
});

test("commands build on one another before anything is sent", () => {
  const scene = stage(11);
  const columnId = scene.commands.createColumn({ title: "Offline" });
  const first = scene.commands.createTask({ columnId, title: "one" });
  const second = scene.commands.createTask({ columnId, title: "two" });
  const between = scene.commands.createTask({ columnId, title: "between", after: first, before: second });
  scene.commands.moveTask(first, { columnId, after: second, before: null });
  scene.commands.completeTask(second);
  assert.equal(columnsOf(scene).at(-1), columnId);
  assert.deepEqual(tasksOf(scene, columnId), [between, second, first]);
  assert.equal(scene.shown.of("task", second).peek().completed_at, AT);
  assert.equal(scene.shown.of("task", first).peek().number, null);
  scene.commands.deleteColumn(columnId);
  assert.equal(scene.shown.of("task", first).peek(), undefined);
});

test("what is deleted is gone at once, and back when that is refused", () => {
  const scene = stage(16);
  const task = scene.world.any("task");
  const mutation = scene.commands.deleteTask(task.id);
  assert.equal(scene.shown.of("task", task.id).peek(), undefined);
  assert.ok(!tasksOf(scene, task.column_id).includes(task.id));
  scene.model.drop([mutation]);
  assert.ok(tasksOf(scene, task.column_id).includes(task.id));
});

test("a position that changes no order changes no list", () => {
  const scene = stage(17);
  const { column_id, position, ...task } = scene.world.rows.task[tasksOf(scene, columnsOf(scene)[0]).at(-1)];
  const list = countChanges(scene.shown.tasksOf(column_id));
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { position: `${position}V` }))]);
  assert.equal(list.get(), 0);
});

test("my own event never collides with me, though the server may have tidied what I wrote", () => {
  const scene = stage(18);
  const task = scene.world.any("task");
  const mutation = scene.commands.editTask(task.id, { title: " mine " });
  scene.model.apply([scene.world.commit(scene.world.setTask(task, { title: "mine" }), { mutation })]);
  assert.deepEqual(scene.heard.collided, []);
});

test("a pending command whose target has vanished is a conflict, and shows nothing", () => {
  const scene = stage(12);
  const task = scene.world.any("task");
  const id = scene.commands.editTask(task.id, { title: "mine" });
  scene.commands.labelTask(task.id, "no label");
  scene.model.apply([scene.world.commit([{ kind: "task", id: task.id, del: true }])]);
  assert.equal(scene.shown.of("task", task.id).peek(), undefined);
  assert.deepEqual(
    scene.model.view.conflicts.map(({ missing }) => missing.id),
    [task.id, task.id],
  );
  assert.equal(scene.model.view.conflicts[0].command.id, id);
});

test("rebasing alone is pure: the replica is as it was", () => {
  const world = new World(createChance(13));
  const replica = createReplica(world.snapshot());
  const before = structuredClone([...replica.things.task]);
  const task = world.any("task");
  const command = {
    id: "x",
    board: "b",
    name: "editTask",
    args: { id: task.id, fields: { title: "mine" } },
    at: AT,
  };
  const view = rebase(replica, [command, { id: "y", board: "b", name: "unheard of", args: {}, at: AT }]);
  assert.equal(view.get("task", task.id).title, "mine");
  assert.equal(view.conflicts[0].command.id, "y");
  assert.deepEqual([...replica.things.task], before);
});

test("a drop lands between its neighbours while others move things about", () => {
  for (let seed = 20; seed < 50; seed += 1) {
    const scene = stage(seed, { tasks: 12, columns: 2 });
    const [columnId] = columnsOf(scene);
    const ids = tasksOf(scene, columnId);
    const moving = [...scene.model.view.all("task")].find((task) => task.column_id !== columnId);
    if (ids.length < 2 || !moving) continue;
    const at = scene.world.chance.below(ids.length);
    scene.commands.moveTask(moving.id, { columnId, after: ids[at - 1] ?? null, before: ids[at] });
    assert.equal(tasksOf(scene, columnId)[at], moving.id);
    for (let step = 0; step < 20; step += 1) {
      scene.model.apply([scene.world.work()]);
      const now = tasksOf(scene, columnId);
      const [task, after] = [
        scene.model.view.get("task", moving.id),
        scene.model.view.get("task", ids[at - 1]),
      ];
      if (!task || task.archived_at || task.column_id !== columnId) break;
      if (after && after.column_id === columnId && !after.archived_at)
        assert.ok(now.indexOf(ids[at - 1]) < now.indexOf(moving.id));
    }
  }
});

test("a new snapshot keeps what is pending and shows what changed", () => {
  const scene = stage(14);
  const task = scene.world.any("task");
  scene.commands.editTask(task.id, { title: "mine" });
  const [columnId] = columnsOf(scene);
  const created = scene.commands.createTask({ columnId, title: "new" });
  for (let step = 0; step < 30; step += 1) scene.world.work();
  scene.model.reset(scene.world.snapshot());
  if (scene.world.rows.task[task.id]) assert.equal(scene.shown.of("task", task.id).peek().title, "mine");
  assert.ok(tasksOf(scene, columnId).includes(created));
  for (const [id, ids] of Object.entries(expectedOrder(scene.model)))
    assert.deepEqual(tasksOf(scene, id), ids);
});

test("a new snapshot that changed the field of a pending edit is a collision", () => {
  const scene = stage(19);
  const [task, other] = Object.values(scene.world.rows.task);
  scene.commands.editTask(task.id, { title: "mine" });
  scene.commands.editTask(other.id, { title: "other" });
  scene.world.commit(scene.world.setTask(task, { title: "theirs" }));
  scene.world.commit(scene.world.setTask(other, { due_at: AT }));
  scene.model.reset(scene.world.snapshot());
  assert.deepEqual(
    scene.heard.collided.map(({ ref, theirs }) => [ref.id, theirs]),
    [[task.id, "theirs"]],
  );
});

test("labels, members and numbers follow", () => {
  const scene = stage(15);
  const task = scene.world.any("task");
  const label = scene.commands.createLabel({ name: "Bug", color: "red" });
  scene.commands.labelTask(task.id, label);
  scene.commands.assign(task.id, "u1");
  assert.deepEqual(
    scene.shown.labels.peek().map(({ name }) => name),
    ["Bug"],
  );
  assert.deepEqual(scene.shown.of("task", task.id).peek().label_ids, [label]);
  assert.deepEqual(scene.shown.of("task", task.id).peek().assignee_ids, ["u1"]);
  scene.commands.deleteLabel(label);
  assert.deepEqual(scene.shown.of("task", task.id).peek().label_ids, []);
  assert.deepEqual(
    scene.shown.members.peek().map(({ name }) => name),
    ["Anna"],
  );
  assert.equal(scene.shown.numbers.get(task.number), task.id);
});
