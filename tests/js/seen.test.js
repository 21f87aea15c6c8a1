import assert from "node:assert/strict";
import { test } from "node:test";
import { sayResults } from "../../static/js/board/filter-results.js";
import { BoardModel } from "../../static/js/board/model.js";
import { arrivalsIn, removalsIn, sayArrivals } from "../../static/js/board/seen.js";
import { createChance } from "./chance.js";
import { World } from "./world.js";

const screen = { membersById: { peek: () => new Map([["u2", { color: "#123456" }]]) } };
const BEN = { id: "u2", name: "Ben" };

test("what is added, moved or restored is an arrival; what is edited, archived or deleted is not", () => {
  const changes = [
    { kind: "task", id: "new", set: { id: "new", title: "New" } },
    { kind: "task", id: "moved", set: { column_id: "c", position: "a" } },
    { kind: "task", id: "restored", set: { archived_at: null } },
    { kind: "task", id: "edited", set: { title: "Other" } },
    { kind: "task", id: "archived", set: { archived_at: "2026-01-01T00:00:00Z" } },
    { kind: "task", id: "deleted", del: true },
    { kind: "column", id: "column", set: { position: "a" } },
  ];
  const arrivals = arrivalsIn({ screen }, { actor: BEN, changes });
  assert.deepEqual(
    arrivals.map(({ id, isNew }) => [id, isNew]),
    [
      ["new", true],
      ["moved", false],
      ["restored", false],
    ],
  );
  assert.deepEqual(arrivals[0].person, { id: "u2", name: "Ben", color: "#123456" });
  assert.equal(arrivalsIn({ screen }, { actor: null, changes })[0].person.name, "Somebody");
});

test("what is archived or deleted is taken off the board; what is edited, moved or restored is not", () => {
  const changes = [
    { kind: "task", id: "archived", set: { archived_at: "2026-01-01T00:00:00Z" } },
    { kind: "task", id: "deleted", del: true },
    { kind: "task", id: "moved", set: { column_id: "c", position: "a" } },
    { kind: "task", id: "restored", set: { archived_at: null } },
    { kind: "comment", id: "comment", del: true },
  ];
  assert.deepEqual(removalsIn({ changes }), ["archived", "deleted"]);
});

test("a snapshot brings no arrivals", () => {
  assert.deepEqual(arrivalsIn({ screen }, { actor: null, changes: [] }), []);
});

test("what others did is said in one sentence", () => {
  const session = {
    task: (id) => ({ peek: () => (id === "gone" ? undefined : { title: "Plan", column_id: "c" }) }),
    column: () => ({ peek: () => ({ title: "Doing" }) }),
  };
  const by = (name, id, isNew = false) => ({ id, isNew, person: { name } });
  assert.equal(sayArrivals(session, [by("Ben", "a")]), "Ben moved “Plan” to Doing");
  assert.equal(sayArrivals(session, [by("Ben", "a", true)]), "Ben added “Plan” to Doing");
  assert.equal(sayArrivals(session, [by("Ben", "a"), by("Ben", "a")]), "Ben moved “Plan” to Doing");
  assert.equal(
    sayArrivals(session, [by("Ben", "a"), by("Cora", "b")]),
    "Ben and Cora added or moved 2 cards",
  );
  assert.equal(sayArrivals(session, [by("Ben", "gone")]), "Ben added or moved 1 card");
  assert.equal(
    sayArrivals(session, [by("Ben", "a"), by("Cora", "b"), by("Dora", "c")]),
    "3 people added or moved 3 cards",
  );
});

test("an event is one's own when its command is laid over the replica here", () => {
  const world = new World(createChance(1));
  const heard = [];
  const model = new BoardModel({ applied: (event, isOwn) => heard.push([event.mutation, isOwn]) });
  model.reset(world.snapshot());
  const [task] = world.snapshot().tasks;
  model.lay({
    id: "mine",
    board: "b",
    name: "completeTask",
    args: { id: task.id, completed: true },
    at: "now",
  });
  const change = (version) => [{ kind: "task", id: task.id, set: { title: `v${version}`, version } }];
  model.apply([
    world.commit(change(2), { mutation: "theirs" }),
    world.commit(change(3), { mutation: "mine" }),
  ]);
  assert.deepEqual(heard, [
    ["theirs", false],
    ["mine", true],
  ]);
});

test("the number of results is said in good grammar", () => {
  assert.equal(sayResults(0, true), "No card matches");
  assert.equal(sayResults(1, true), "1 card matches");
  assert.equal(sayResults(2, true), "2 cards match");
  assert.equal(sayResults(3, false), "Filter cleared, 3 cards");
});
