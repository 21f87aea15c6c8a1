/** The details of opened tasks: fetched when a task is opened, kept live by events, dropped when it is closed. */
import { batch, signal } from "@preact/signals-core";
import { path } from "./actions/shape.js";
import { compare } from "./ordering.js";
import { closeTask, fillTask, find, openTask } from "./store.js";
import { isSame } from "../lib/sameness.js";

/** @import { Details } from "./types.js" */

const byPosition = (a, b) => compare(a.position, a.id, b.position, b.id);
const oldestFirst = (a, b) => compare(a.created_at, a.id, b.created_at, b.id);
const ORDERS = { comment: oldestFirst, checklist: byPosition, item: byPosition, attachment: oldestFirst };

const NOTHING = { description: "", comments: [], checklists: [], items: [], attachments: [] };

export class DetailShelf {
  /** @param {{api: Object, replica: () => Object, view: () => Object, changed: (refs: Object[]) => void}} ports */
  constructor(ports) {
    Object.assign(this, ports);
    this.opened = new Map();
  }

  /** @returns {Details} the same one for as long as somebody has it open */
  open(taskId) {
    const entry = this.opened.get(taskId) ?? this.create(taskId);
    entry.readers += 1;
    let closed = false;
    const close = () => {
      if (!closed) this.leave(taskId);
      closed = true;
    };
    return { ...entry.signals, load: () => this.load(taskId), close };
  }

  create(taskId) {
    const lists = Object.keys(ORDERS).map((kind) => [`${kind}s`, signal([])]);
    const signals = { ...Object.fromEntries(lists), description: signal(undefined), state: signal("loading") };
    const entry = { readers: 0, signals };
    this.opened.set(taskId, entry);
    this.load(taskId);
    return entry;
  }

  leave(taskId) {
    const entry = this.opened.get(taskId);
    entry.readers -= 1;
    if (entry.readers > 0) return;
    this.opened.delete(taskId);
    if (this.replica()) closeTask(this.replica(), taskId);
  }

  /** Fetches what the dialog shows; what happens meanwhile is remembered by the replica. */
  async load(taskId) {
    const entry = this.opened.get(taskId);
    const replica = this.replica();
    if (!entry || !replica) return;
    openTask(replica, taskId);
    this.show(taskId);
    const isUnsent = !find(replica, "task", taskId);
    const fetched = isUnsent ? NOTHING : await fetchDetails(this.api, taskId).catch(() => null);
    if (this.opened.get(taskId) !== entry || this.replica() !== replica) return;
    if (fetched) this.changed(fillTask(replica, taskId, fetched));
    entry.signals.state.value = fetched ? "ready" : "failed";
    this.show(taskId);
  }

  /** A new replica knows no details: all that is open is fetched again. */
  reload() {
    for (const taskId of this.opened.keys()) this.load(taskId);
  }

  /** Shows the opened tasks as the view has them. */
  showAll() {
    for (const taskId of this.opened.keys()) this.show(taskId);
  }

  show(taskId) {
    const { signals } = this.opened.get(taskId);
    const view = this.view();
    batch(() => {
      for (const [kind, order] of Object.entries(ORDERS)) {
        const things = [...view.all(kind)].filter((thing) => thing.task_id === taskId).sort(order);
        if (!isSame(signals[`${kind}s`].peek(), things)) signals[`${kind}s`].value = things;
      }
      signals.description.value = view.get("description", taskId)?.text;
    });
  }
}

/** What the detail routes say about a task, every page of it. */
export async function fetchDetails(api, taskId) {
  const [task, comments, checklists, attachments] = await Promise.all([
    api.get(path`/tasks/${taskId}`),
    fetchAll(api, path`/tasks/${taskId}/comments`),
    fetchAll(api, path`/tasks/${taskId}/checklists`),
    fetchAll(api, path`/tasks/${taskId}/attachments`),
  ]);
  const items = checklists.flatMap((checklist) => checklist.items ?? []);
  return { description: task.description, comments, checklists: checklists.map(withoutItems), items, attachments };
}

function withoutItems({ items, ...checklist }) {
  return checklist;
}

/** Every page of a list. */
async function fetchAll(api, url) {
  const items = [];
  for (let cursor = ""; cursor !== null; ) {
    const page = await api.get(cursor ? `${url}?cursor=${encodeURIComponent(cursor)}` : url);
    items.push(...page.items);
    cursor = page.next_cursor ?? null;
  }
  return items;
}
