import assert from "node:assert/strict";
import { test } from "node:test";
import { createCommands } from "../../static/js/board/commands.js";
import { DetailCache } from "../../static/js/board/detail-cache.js";
import { newId } from "../../static/js/board/identity.js";
import { BoardModel } from "../../static/js/board/model.js";
import { createChance } from "./chance.js";
import { settle } from "./fakes.js";
import { World } from "./world.js";

/** The detail routes over a World; two comments a page. */
function serve(world) {
  const page = (all, url) => {
    const from = Number(new URL(url, "http://x").searchParams.get("cursor") ?? 0);
    return { items: all.slice(from, from + 2), next_cursor: from + 2 < all.length ? String(from + 2) : null };
  };
  const api = { asked: [], down: false };
  api.get = async (url) => {
    api.asked.push(url);
    await settle();
    if (api.down) throw new TypeError("Failed to fetch");
    const [, , taskId, list] = url.split(/[/?]/);
    const details = world.details(taskId);
    if (!list) return world.rows.task[taskId];
    if (list !== "checklists") return page(details[list], url);
    const withItems = (one) => ({
      ...one,
      items: details.items.filter((item) => item.checklist_id === one.id),
    });
    return page(details.checklists.map(withItems), url);
  };
  return api;
}

function stage(seed = 1) {
  const world = new World(createChance(seed), { tasks: 1 });
  const api = serve(world);
  const model = new BoardModel({ shown: () => cache.showAll() });
  const changed = (refs) => model.refresh(refs);
  const cache = new DetailCache({ api, replica: () => model.replica, view: () => model.view, changed });
  model.reset(world.snapshot());
  const by = { at: "2026-02-02T00:00:00Z", user: "u1", userName: "Anna" };
  const give = (name, args) => (
    model.lay({ id: newId(), board: "b", name, args, ...by }), [...model.pending.keys()].at(-1)
  );
  const commands = createCommands({ boardId: "b", view: () => model.view, give });
  return { world, api, model, cache, commands, taskId: world.any("task").id };
}

async function settleLoading() {
  for (let turn = 0; turn < 12; turn += 1) await settle();
}

const bodies = (details) => details.comments.peek().map(({ body }) => body);

test("opening fetches every page and shows it; events keep it live; closing lets it go", async () => {
  const { world, model, cache, taskId } = stage();
  for (let made = 0; made < 5; made += 1) model.apply([world.commit(world.comment())]);
  model.apply([world.commit(world.checklist())]);
  const details = cache.open(taskId);
  assert.equal(details.state.peek(), "loading");
  assert.equal(details.description.peek(), undefined);
  await settleLoading();
  assert.equal(details.state.peek(), "ready");
  assert.equal(bodies(details).length, 5);
  assert.equal(details.items.peek()[0].checklist_id, details.checklists.peek()[0].id);
  assert.equal("items" in details.checklists.peek()[0], false);
  model.apply([
    world.commit(world.comment()),
    world.commit(world.setTask(world.any("task"), { description: "new" })),
  ]);
  assert.equal(bodies(details).length, 6);
  assert.equal(details.description.peek(), "new");
  details.close();
  details.close();
  assert.equal(model.replica.things.comment.size, 0);
});

test("two readers share; the last to close lets go", async () => {
  const { model, cache, world, taskId } = stage();
  const [one, two] = [cache.open(taskId), cache.open(taskId)];
  await settleLoading();
  one.close();
  model.apply([world.commit(world.comment())]);
  assert.equal(bodies(two).length, 1);
  two.close();
  assert.equal(cache.opened.size, 0);
});

test("what happens while it loads is there, and nothing twice", async () => {
  const { world, model, cache, taskId } = stage();
  const details = cache.open(taskId);
  await settle();
  model.apply([world.commit(world.comment())]);
  await settleLoading();
  assert.equal(bodies(details).length, 1);
});

test("my comment shows at once with my name, and once only when it is confirmed", async () => {
  const { world, model, cache, commands, taskId } = stage();
  const details = cache.open(taskId);
  await settleLoading();
  const id = commands.addComment(taskId, "hello");
  assert.deepEqual(
    details.comments.peek().map((one) => [one.author_name, one.body]),
    [["Anna", "hello"]],
  );
  assert.equal(model.view.get("task", taskId).comment_count, 1);
  const mutation = [...model.pending.keys()][0];
  const set = {
    id,
    task_id: taskId,
    body: "hello",
    author_name: "Anna",
    created_at: "2026-02-02T00:00:00Z",
    version: 1,
  };
  const counted = world.setTask(world.any("task"), { comment_count: 1 });
  model.apply([world.commit([{ kind: "comment", id, set }, ...counted], { mutation })]);
  assert.deepEqual(bodies(details), ["hello"]);
  assert.equal(model.view.get("task", taskId).comment_count, 1);
});

test("checklists: add, check, move and delete show at once, with their counts", async () => {
  const { model, cache, commands, taskId } = stage();
  const details = cache.open(taskId);
  await settleLoading();
  const list = commands.addChecklist(taskId, "List");
  const [first, second] = [commands.addItem(list, { title: "1" }), commands.addItem(list, { title: "2" })];
  commands.checkItem(first, true);
  commands.moveItem(second, { after: null, before: first });
  const counts = () => {
    const { checklist_done: done, checklist_total: total } = model.view.get("task", taskId);
    return [done, total];
  };
  assert.deepEqual(
    details.items.peek().map(({ title, done }) => [title, done]),
    [
      ["2", false],
      ["1", true],
    ],
  );
  assert.deepEqual(counts(), [1, 2]);
  commands.deleteItem(first);
  assert.deepEqual(counts(), [0, 1]);
  commands.deleteChecklist(list);
  assert.deepEqual(counts(), [0, 0]);
  assert.deepEqual(details.items.peek(), []);
});

test("a task that is not sent yet has its details without asking", async () => {
  const { api, cache, commands, model } = stage();
  const id = commands.createTask({
    columnId: model.projection.columnIds.peek()[0],
    title: "new",
    description: "words",
  });
  const details = cache.open(id);
  await settleLoading();
  assert.equal(details.state.peek(), "ready");
  assert.equal(details.description.peek(), "words");
  commands.addComment(id, "first");
  assert.deepEqual(bodies(details), ["first"]);
  assert.deepEqual(api.asked, []);
});

test("a failed load says so, keeps what is live, and can be tried again", async () => {
  const { api, world, model, cache, taskId } = stage();
  api.down = true;
  const details = cache.open(taskId);
  await settleLoading();
  assert.equal(details.state.peek(), "failed");
  model.apply([world.commit(world.comment())]);
  api.down = false;
  await details.load();
  assert.equal(details.state.peek(), "ready");
  assert.equal(bodies(details).length, 1);
});

test("a new replica fetches again what is open", async () => {
  const { world, model, cache, taskId } = stage();
  const details = cache.open(taskId);
  await settleLoading();
  world.commit(world.comment());
  model.reset(world.snapshot());
  cache.reload();
  await settleLoading();
  assert.equal(bodies(details).length, 1);
});

test("a task that is deleted while open leaves empty details", async () => {
  const { world, model, cache, taskId } = stage();
  model.apply([world.commit(world.comment())]);
  const details = cache.open(taskId);
  await settleLoading();
  model.apply([world.commit(world.deleteTask())]);
  assert.deepEqual(bodies(details), []);
  assert.equal(details.description.peek(), undefined);
  assert.equal(model.replica.open.size, 0);
  details.close();
});
