/**
 * Two browsers' engines (replica, sync, outbox) at work on one board of a real server, over lines that break.
 *
 * node engine.js URL TOKEN TOKEN SEED STEPS; prints one line of JSON and ends with status 0 when both replicas, once
 * quiet, are the server's snapshot, field by field.
 */
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { actions } from "../../static/js/board/actions/index.js";
import { createApi } from "../../static/js/board/api.js";
import { createCommands } from "../../static/js/board/commands.js";
import { newId } from "../../static/js/board/identity.js";
import { BoardModel } from "../../static/js/board/model.js";
import { Outbox } from "../../static/js/board/outbox.js";
import { fillTask, openTask, toSnapshot } from "../../static/js/board/store.js";
import { fetchDetails } from "../../static/js/board/detail-cache.js";
import { Sync } from "../../static/js/board/sync.js";
import { clock } from "../../static/js/lib/clock.js";
import { createChance } from "../js/chance.js";
import { createElection, createStorage } from "../js/fakes.js";

const [url, firstToken, secondToken, seed, steps] = process.argv.slice(2);
const chance = createChance(Number(seed));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** fetch with a token; now and then an answer is lost after the server has done its work. */
function openApi(token, losing) {
  const authorized = async (path, { headers, ...options }) => {
    const answer = await fetch(url + path, {
      ...options,
      headers: { ...headers, Authorization: `Bearer ${token}` },
    });
    if (options.method !== "GET" && losing()) throw new TypeError("the answer was lost");
    return answer;
  };
  return createApi({ csrfToken: "", fetch: authorized });
}

class Browser {
  constructor(token, board) {
    Object.assign(this, { board, refused: [], ended: [], calm: false });
    this.api = openApi(token, () => !this.calm && chance.happens(0.1));
    this.socket = io(url, { transports: ["websocket"], autoConnect: false, auth: { token }, forceNew: true });
    this.model = new BoardModel({ confirmed: (id) => this.outbox.confirm(id) });
    this.outbox = this.openOutbox();
    this.sync = new Sync({ board, socket: this.socket, clock, ...this.syncPorts() });
    const give = (name, args) => this.give(name, args);
    this.commands = createCommands({ boardId: board, view: () => this.model.view, give });
  }

  openOutbox() {
    const listener = {
      added: (command) => this.model.lay(command),
      answered: ({ id }, seq) => this.model.answered(id, seq),
      refused: (command, problem, dependents) => {
        this.refused.push({ name: command.name, problem, missing: this.model.view.conflicts.length });
        this.model.drop([command.id, ...dependents.map(({ id }) => id)]);
      },
    };
    const send = (command) => this.api.send(actions[command.name].request(command.args), command.id);
    const channel = { post() {}, listen() {}, close() {} };
    return new Outbox({ storage: createStorage(), send, leader: createElection(), channel, clock, listener });
  }

  syncPorts() {
    const { model } = this;
    const replica = {
      seq: () => model.seq(),
      reset: (snapshot) => model.reset(snapshot),
      apply: (events) => model.apply(events),
    };
    const listener = { state() {}, role() {}, presence() {}, ended: (...end) => this.ended.push(end) };
    return { fetchSnapshot: () => this.api.get(`/boards/${this.board}/snapshot`), replica, listener };
  }

  give(name, args) {
    const command = { id: newId(), board: this.board, name, args, at: new Date().toISOString() };
    this.outbox.add(command);
    return command.id;
  }

  async open() {
    this.sync.start();
    this.outbox.start();
    while (this.sync.state !== "live") await pause(20);
  }

  any(kind) {
    return chance.pick([...this.model.view.all(kind)]);
  }

  /** One random user action. */
  act() {
    const { commands } = this;
    const [task, column] = [this.any("task"), this.any("column")];
    if (!column) return commands.createColumn({ title: "New" });
    if (!task) return commands.createTask({ columnId: column.id, title: "First" });
    const siblings = [...this.model.view.all("task")].filter(
      ({ column_id, id }) => column_id === column.id && id !== task.id,
    );
    const after = chance.pick(siblings)?.id ?? null;
    const acts = [
      () =>
        commands.createTask({
          columnId: column.id,
          title: "New task",
          after,
          description: chance.pick(["", "words"]),
        }),
      () => commands.createTask({ columnId: column.id, title: "Another" }),
      () => commands.moveTask(task.id, { columnId: column.id, after, before: null }),
      () => commands.moveTask(task.id, { columnId: column.id, after: null, before: after }),
      () => commands.editTask(task.id, { title: `Title ${chance.below(1000)}` }),
      () => commands.editTask(task.id, { description: chance.pick(["", "some words", "more words"]) }),
      () => commands.editTask(task.id, { due_at: chance.pick([null, "2026-05-05T10:00:00Z"]) }),
      () => commands.completeTask(task.id, chance.happens(0.5)),
      () => (task.archived_at ? commands.restoreTask(task.id) : commands.archiveTask(task.id)),
      () => commands.moveColumn({ id: column.id, after: null, before: this.any("column").id }),
      () => commands.setWipLimit(column.id, chance.pick([null, 3])),
      () => commands.labelTask(task.id, commands.createLabel({ name: "Bug", color: "red" })),
      () => commands.addComment(task.id, "A **word**"),
      () => commands.addItem(commands.addChecklist(task.id, "List"), { title: "Item" }),
      () => commands.addLink(task.id, { name: "Link", url: "https://example.org/" }),
      () => commands.updateBoard({ description: `About ${chance.below(100)}` }),
      ...(chance.happens(0.3)
        ? [() => commands.deleteTask(task.id), () => commands.createColumn({ title: "Column" })]
        : []),
    ];
    return chance.pick(acts)();
  }

  cut() {
    this.socket.io.engine?.close();
  }

  async quiet() {
    for (let turn = 0; this.outbox.unsent().length > 0 || this.sync.state !== "live"; turn += 1) {
      assert.ok(turn < 600, `still ${this.outbox.unsent().length} unsent, ${this.sync.state}`);
      this.outbox.wake();
      await pause(50);
    }
  }

  close() {
    this.sync.close();
    this.outbox.close();
    this.socket.disconnect();
  }
}

/** Each list in order of id. */
function inOrder(snapshot) {
  const ordered = structuredClone(snapshot);
  for (const name of ["columns", "tasks", "labels", "members", "teams"])
    ordered[name].sort((a, b) => (a.id < b.id ? -1 : 1));
  return ordered;
}

async function assertSame(browser, other) {
  const truth = inOrder(await browser.api.get(`/boards/${browser.board}/snapshot`));
  const ahead = () => browser.model.seq() < truth.seq;
  for (let turn = 0; ahead(); turn += 1) assert.ok(turn < 100, "the replica stays behind"), await pause(50);
  assert.deepEqual(toSnapshot(browser.model.replica), truth, other);
  assert.equal(browser.model.pending.size, 0);
}

/** The details of an opened task are what the server lists, and stay so through events. */
async function assertDetails(browser, taskId, kept) {
  const fetched = await fetchDetails(browser.api, taskId);
  for (const kind of ["comment", "checklist", "item", "attachment"]) {
    const held = [...browser.model.replica.things[kind].values()].filter((thing) => thing.task_id === taskId);
    const byId = (a, b) => (a.id < b.id ? -1 : 1);
    assert.deepEqual(held.sort(byId), fetched[`${kind}s`].sort(byId), kept);
  }
  assert.equal(browser.model.replica.things.description.get(taskId).text, fetched.description);
}

const owner = openApi(firstToken, () => false);
const { body: board } = await owner.send(
  { method: "POST", path: "/boards", body: { title: "Engine" } },
  newId(),
);
const other = await openApi(secondToken, () => false).get("/me");
const member = {
  method: "POST",
  path: `/boards/${board.id}/members`,
  body: { user_id: other.id, role: "editor" },
};
await owner.send(member, newId());
const browsers = [new Browser(firstToken, board.id), new Browser(secondToken, board.id)];
await Promise.all(browsers.map((browser) => browser.open()));
const watched = browsers[0].commands.createTask({
  columnId: browsers[0].commands.createColumn({ title: "To do" }),
  title: "Watched",
});
await Promise.all(browsers.map((browser) => browser.quiet()));
openTask(browsers[1].model.replica, watched);
fillTask(browsers[1].model.replica, watched, await fetchDetails(browsers[1].api, watched));

for (let step = 0; step < Number(steps); step += 1) {
  const browser = chance.pick(browsers);
  if (chance.happens(0.03)) browser.cut();
  else if (chance.happens(0.15)) browsers[0].commands.addComment(watched, `Comment ${step}`);
  else browser.act();
  if (chance.happens(0.5)) await pause(chance.below(15));
}
for (const browser of browsers) browser.calm = true;
await Promise.all(browsers.map((browser) => browser.quiet()));
for (const [index, browser] of browsers.entries()) await assertSame(browser, `browser ${index}`);
const isThere = browsers[1].model.replica.things.task.has(watched);
if (isThere) await assertDetails(browsers[1], watched, "details of the watched task");
const refused = browsers.flatMap((browser) => browser.refused);
for (const browser of browsers) browser.close();
console.log(
  JSON.stringify({
    seq: browsers[0].model.seq(),
    refused: refused.length,
    isThere,
    details: refused.slice(0, 5),
  }),
);
