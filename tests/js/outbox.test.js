import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../static/js/board/api.js";
import { openJournal } from "../../static/js/board/journal.js";
import { Store } from "../../static/js/lib/platform.js";
import { Outbox } from "../../static/js/board/outbox.js";
import { FakeClock, createAir, createElection, createStorage, settle } from "./fakes.js";

const problem = (status, detail = "no") => new RequestError({ status, title: "Refused", detail });

/** A server that does what `plan` says, else answers with the next seq; `done` is what it has carried out, in order. */
function createServer() {
  const server = { plan: [], done: [], tried: [], answers: new Map(), seq: 0 };
  server.send = async (command) => {
    server.tried.push(command.id);
    const fault = server.plan.shift();
    await null;
    if (fault instanceof Error) throw fault;
    if (typeof fault === "function") return fault(command);
    return server.carryOut(command);
  };
  server.carryOut = ({ id }) => {
    if (!server.answers.has(id)) {
      server.done.push(id);
      server.answers.set(id, { seq: (server.seq += 1) });
    }
    return server.answers.get(id);
  };
  return server;
}

/** A browser: what its tabs share, and a way to open one. */
function createBrowser({ server = createServer(), rows = new Map() } = {}) {
  const clock = new FakeClock();
  const [air, election] = [createAir(), createElection()];
  async function openTab({ storage = createStorage(rows), journal } = {}) {
    const heard = [];
    const log = new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args) =>
            heard.push([name, ...args]),
      },
    );
    const ports = {
      storage,
      send: server.send,
      leader: election,
      channel: air(),
      clock,
      random: () => 1,
      listener: log,
    };
    const outbox = new Outbox(journal ? { ...ports, journal } : ports);
    await outbox.start();
    await settle();
    return {
      outbox,
      heard,
      said: (name) => heard.filter(([said]) => said === name).map(([, ...args]) => args),
    };
  }
  return { clock, server, rows, openTab };
}

const command = (id, fields = {}) => ({
  id,
  board: "b",
  name: "archiveTask",
  args: { id: "t" },
  at: "now",
  ...fields,
});
const create = (id, taskId, place = {}) =>
  command(id, {
    name: "createTask",
    args: { id: taskId, boardId: "b", column_id: "c", title: id, ...place },
  });
const move = (id, taskId, place) =>
  command(id, { name: "moveTask", args: { id: taskId, column_id: "c", ...place } });

test("sends in order, one at a time, and forgets what is answered", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const tab = await openTab();
  for (const id of ["1", "2", "3"]) tab.outbox.add(command(id));
  assert.equal(tab.outbox.unsent().length, 3);
  await clock.pass(10);
  assert.deepEqual(server.done, ["1", "2", "3"]);
  assert.deepEqual(
    tab.said("answered").map(([{ id }, seq]) => [id, seq]),
    [
      ["1", 1],
      ["2", 2],
      ["3", 3],
    ],
  );
  assert.equal(rows.size, 0);
  assert.deepEqual(tab.said("counted").at(-1), [0]);
});

test("a command is in storage before it is sent", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const kept = [];
  server.plan.push(({ id }) => (kept.push(rows.has(id)), server.carryOut({ id })));
  const tab = await openTab();
  tab.outbox.add(command("1"));
  await clock.pass(10);
  assert.deepEqual(kept, [true]);
});

test("no network: tried again with growing pauses, in order, done once", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(...Array.from({ length: 5 }, () => new TypeError("Failed to fetch")));
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2"));
  await clock.pass(100);
  assert.deepEqual(tab.said("failing").at(-1), [true]);
  await clock.pass(16_000);
  assert.deepEqual(server.tried, ["1", "1", "1", "1", "1", "1", "2"]);
  assert.deepEqual(server.done, ["1", "2"]);
  assert.deepEqual(tab.said("failing").at(-1), [false]);
});

test("an answer that was lost is asked for again under the same id", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push((sent) => {
    server.carryOut(sent);
    throw new TypeError("connection reset");
  });
  tab.outbox.add(command("1"));
  await clock.pass(2_000);
  assert.deepEqual(server.done, ["1"]);
  assert.deepEqual(
    tab.said("answered").map(([{ id }, seq]) => [id, seq]),
    [["1", 1]],
  );
});

test("Retry-After is obeyed; 429, 503 and 507 are no refusal", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(
    new RequestError({ status: 429, title: "Slow down" }, 20),
    problem(503),
    ...Array.from({ length: 8 }, () => problem(507)),
  );
  tab.outbox.add(command("1"));
  await clock.pass(19_000);
  assert.equal(server.tried.length, 1);
  await clock.pass(600_000);
  assert.deepEqual(server.done, ["1"]);
  assert.deepEqual(tab.said("refused"), []);
});

test("a server that always fails at one command lets the others through in the end", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(...Array.from({ length: 8 }, () => problem(500)));
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2"));
  await clock.pass(300_000);
  assert.deepEqual(
    tab.said("refused").map(([{ id }]) => id),
    ["1"],
  );
  assert.deepEqual(server.done, ["2"]);
});

test("a refusal is told with its reason, kept until it is read, and the rest goes on", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(problem(403, "Viewers can't change tasks."));
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2"));
  await clock.pass(10);
  assert.deepEqual(
    tab.said("refused").map(([{ id }, { detail }]) => [id, detail]),
    [["1", "Viewers can't change tasks."]],
  );
  assert.deepEqual(server.done, ["2"]);
  assert.equal(tab.outbox.unsent().length, 0);
  const tomorrow = await createBrowser({ server, rows }).openTab();
  assert.equal(tomorrow.said("refused")[0][1].detail, "Viewers can't change tasks.");
  tomorrow.outbox.dismiss("1");
  await settle();
  assert.equal(rows.size, 0);
});

test("what depends on a refused creation goes with it, said once; the rest stays", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(problem(409, "A board holds at most 10,000 tasks."));
  tab.outbox.add(create("1", "T", { after: "A", before: "B" }));
  tab.outbox.add(command("2", { name: "editTask", args: { id: "T", fields: { title: "x" } } }));
  tab.outbox.add(command("3", { name: "addChecklist", args: { taskId: "T", id: "K", title: "k" } }));
  tab.outbox.add(
    command("4", { name: "addItem", args: { taskId: "T", checklistId: "K", id: "I", title: "i" } }),
  );
  tab.outbox.add(command("5", { name: "editTask", args: { id: "A", fields: { title: "y" } } }));
  tab.outbox.add(move("6", "Z", { after: "T", before: "B" }));
  tab.outbox.add(command("7", { board: "other", name: "editTask", args: { id: "T", fields: {} } }));
  await clock.pass(10);
  assert.equal(tab.said("refused").length, 1);
  const [[refused, , dependents]] = tab.said("refused");
  assert.equal(refused.id, "1");
  assert.deepEqual(
    dependents.map(({ id }) => id),
    ["2", "3", "4"],
  );
  assert.deepEqual([...server.done].sort(), ["5", "6", "7"]);
  assert.equal(rows.size, 1);
  const moved = tab.said("answered").find(([{ id }]) => id === "6")[0];
  assert.deepEqual(moved.args, { id: "Z", column_id: "c", after: "A", before: "B" });
});

test("what depends on what depends goes too", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(problem(409));
  tab.outbox.add(command("1", { name: "createColumn", args: { boardId: "b", id: "c", title: "column" } }));
  tab.outbox.add(create("2", "T"));
  tab.outbox.add(command("3", { name: "addComment", args: { taskId: "T", id: "M", body: "words" } }));
  await clock.pass(10);
  assert.deepEqual(
    tab.said("refused")[0][2].map(({ id }) => id),
    ["2", "3"],
  );
  assert.deepEqual(server.done, []);
});

test("what was unsent yesterday is sent today, in order", async () => {
  const first = createBrowser();
  first.server.plan.push(...Array.from({ length: 100 }, () => new TypeError("offline")));
  const tab = await first.openTab();
  for (const id of ["1", "2", "3"]) tab.outbox.add(command(id));
  await first.clock.pass(1_000);
  tab.outbox.close();
  const later = createBrowser({ rows: first.rows });
  const again = await later.openTab();
  await later.clock.pass(10);
  assert.deepEqual(
    again.said("added").map(([{ id }]) => id),
    ["1", "2", "3"],
  );
  assert.deepEqual(later.server.done, ["1", "2", "3"]);
});

test("signed out: nothing is lost, nothing is sent until the person is back", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(problem(401));
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2"));
  await clock.pass(100_000);
  assert.deepEqual(
    tab.said("halted").map(([{ status }]) => status),
    [401],
  );
  assert.equal(server.tried.length, 1);
  assert.equal(rows.size, 2);
  tab.outbox.wake();
  await clock.pass(10);
  assert.equal(tab.said("resumed").length, 1);
  assert.deepEqual(server.done, ["1", "2"]);
});

test("a page whose token is stale refuses nothing and lets another tab send", async () => {
  const { clock, server, openTab } = createBrowser();
  const stale = await openTab();
  server.plan.push(new RequestError({ status: 403, title: "CSRF token is missing or stale" }));
  stale.outbox.add(command("1"));
  await clock.pass(10);
  assert.deepEqual(stale.said("refused"), []);
  const fresh = await openTab();
  await clock.pass(10);
  assert.deepEqual(server.done, ["1"]);
  assert.equal(fresh.outbox.unsent().length + stale.outbox.unsent().length, 0);
});

test("two tabs: one sends, both count, and the other takes over", async () => {
  const { clock, server, openTab } = createBrowser();
  const [first, second] = [await openTab(), await openTab()];
  server.plan.push(...Array.from({ length: 3 }, () => new TypeError("offline")));
  second.outbox.add(command("1"));
  await settle();
  first.outbox.add(command("2"));
  await clock.pass(20);
  assert.deepEqual([first.outbox.unsent().length, second.outbox.unsent().length], [2, 2]);
  assert.deepEqual(server.tried, ["1"]);
  first.outbox.close();
  await clock.pass(10_000);
  assert.deepEqual(server.done, ["1", "2"]);
  assert.deepEqual(
    second.said("answered").map(([{ id }]) => id),
    ["1", "2"],
  );
  assert.equal(second.outbox.unsent().length, 0);
});

test("what one tab hears of a refusal or a dismissal, the other shows too", async () => {
  const { clock, server, openTab } = createBrowser();
  const [first, second] = [await openTab(), await openTab()];
  server.plan.push(problem(422, "Too long."));
  second.outbox.add(create("1", "T"));
  second.outbox.add(command("2", { name: "editTask", args: { id: "T", fields: {} } }));
  await clock.pass(20);
  assert.equal(second.said("refused").length, 1);
  assert.deepEqual(
    second.said("refused")[0][2].map(({ id }) => id),
    ["2"],
  );
  second.outbox.dismiss("1");
  await clock.pass(20);
  assert.deepEqual(first.said("dismissed"), [["1"]]);
  assert.equal(server.done.length, 0);
});

test("a stale look at storage does not bring back what is done", async () => {
  const { clock, rows, server, openTab } = createBrowser();
  const storage = createStorage(rows);
  let [answer, release] = [];
  const list = storage.list;
  const tab = await openTab({ storage });
  server.plan.push((sent) => new Promise((resolve) => (answer = () => resolve(server.carryOut(sent)))));
  tab.outbox.add(command("1"));
  await settle();
  const before = await list();
  assert.equal(before.length, 1);
  storage.list = () => new Promise((resolve) => (release = () => resolve(before)));
  const looking = tab.outbox.refresh();
  answer();
  await clock.pass(10);
  assert.equal(tab.outbox.unsent().length, 0);
  release();
  await looking;
  assert.equal(tab.outbox.unsent().length, 0);
});

test("its own event settles a command, even while it is being sent", async () => {
  const { clock, server, rows, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push((sent) => {
    tab.outbox.confirm(sent.id);
    throw problem(409, "already done");
  });
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2"));
  await clock.pass(10);
  assert.deepEqual(tab.said("refused"), []);
  assert.deepEqual(server.done, ["2"]);
  assert.equal(rows.size, 0);
});

test("boards don't wait for each other", async () => {
  const { clock, server, openTab } = createBrowser();
  const tab = await openTab();
  server.plan.push(new RequestError({ status: 429, title: "Slow down" }, 60));
  tab.outbox.add(command("1"));
  tab.outbox.add(command("2", { board: "other" }));
  await clock.pass(100);
  assert.deepEqual(server.done, ["2"]);
});

test("storage that fails or hangs is told, and the command is sent all the same", async () => {
  for (const add of [() => Promise.reject(new Error("quota")), () => new Promise(() => {})]) {
    const { clock, server, openTab } = createBrowser();
    const storage = { ...createStorage(), add };
    const tab = await openTab({ storage });
    tab.outbox.add(command("1"));
    tab.outbox.add(command("2"));
    await clock.pass(5_000);
    assert.deepEqual(server.done, ["1", "2"]);
    assert.ok(tab.said("unstored").length > 0);
  }
});

/** As much of localStorage as the journal needs. */
function createLocalStorage() {
  const storage = Object.create({
    getItem: (name) => storage[name] ?? null,
    setItem: (name, value) => void (storage[name] = value),
    removeItem: (name) => void delete storage[name],
  });
  return { raw: storage, store: new Store(() => storage) };
}

test("a tab closed before anything was stored loses nothing: the next one finds it, in order, once", async () => {
  const { raw, store: kept } = createLocalStorage();
  const { server, rows, openTab } = createBrowser();
  const hasty = { ...createStorage(rows), add: () => new Promise(() => {}) };
  server.plan = [];
  const closed = await openTab({ storage: hasty, journal: openJournal("u", kept) });
  for (const id of ["2", "1", "3"]) closed.outbox.add(command(id));
  closed.outbox.close();
  openJournal("other", kept).write(command("not ours"));

  const next = await openTab({ journal: openJournal("u", kept) });
  await settle();
  await settle();
  assert.deepEqual(server.done, ["2", "1", "3"]);
  assert.equal(next.outbox.unsent().length, 0);
  assert.deepEqual(Object.keys(raw), ["outbox other not ours"]);
  const third = await openTab({ journal: openJournal("u", kept) });
  await settle();
  assert.equal(server.done.length, 3);
  assert.equal(third.outbox.unsent().length, 0);
});

test("a journal that can't be written or read stops nothing", async () => {
  const broken = new Proxy(
    {},
    { get: () => () => assert.fail("forbidden"), ownKeys: () => assert.fail("forbidden") },
  );
  const { server, openTab } = createBrowser();
  const tab = await openTab({ journal: openJournal("u", new Store(() => broken)) });
  await tab.outbox.add(command("1"));
  await settle();
  assert.deepEqual(server.done, ["1"]);
});
