/** The details of opened tasks: fetched when a task is opened, kept live by events, dropped when it is closed. */
import { batch, signal } from "@preact/signals-core";
import { path } from "./actions/action.js";
import { compare } from "./ordering.js";
import { closeTask, fillTask, find, openTask } from "./store.js";
import { isEqual } from "../lib/equality.js";

/** @import { Api, Attachment, Checklist, Comment, Details, Item, Ref, Replica, TaskDetails, Things, View } from "./types.js" */
/** @import { Signal } from "@preact/signals-core" */

/** @typedef {"comment"|"checklist"|"item"|"attachment"} Detail */

/**
 * @typedef {Object} DetailSignals
 * @property {Signal<Comment[]>} comments
 * @property {Signal<Checklist[]>} checklists
 * @property {Signal<Item[]>} items
 * @property {Signal<Attachment[]>} attachments
 * @property {Signal<string|undefined>} description
 * @property {Signal<"loading"|"ready"|"failed">} state
 */

/** @param {{position: string, id: string}} a @param {{position: string, id: string}} b */
const byPosition = (a, b) => compare(a.position, a.id, b.position, b.id);
/** @param {{created_at: string, id: string}} a @param {{created_at: string, id: string}} b */
const oldestFirst = (a, b) => compare(a.created_at, a.id, b.created_at, b.id);

/** @type {TaskDetails} */
const NOTHING = { description: "", comments: [], checklists: [], items: [], attachments: [] };

export class DetailCache {
  /** By the tasks' ids. @type {Map<string, {users: number, signals: DetailSignals}>} */
  opened = new Map();

  /**
   * @param {{api: Api, replica: () => Replica|null, view: () => View|null, changed: (refs: Ref[]) => void}} ports
   *   `changed`: what was fetched is in the replica
   */
  constructor({ api, replica, view, changed }) {
    this.api = api;
    this.replica = replica;
    this.view = view;
    this.changed = changed;
  }

  /** @param {string} taskId @returns {Details} the same one for as long as somebody has it open */
  open(taskId) {
    const entry = this.opened.get(taskId) ?? this.create(taskId);
    entry.users += 1;
    let closed = false;
    const close = () => {
      if (!closed) this.leave(taskId);
      closed = true;
    };
    return { ...entry.signals, load: () => this.load(taskId), close };
  }

  /** @param {string} taskId */
  create(taskId) {
    const entry = { users: 0, signals: createSignals() };
    this.opened.set(taskId, entry);
    this.load(taskId);
    return entry;
  }

  /** @param {string} taskId */
  leave(taskId) {
    const entry = this.opened.get(taskId);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.opened.delete(taskId);
    const replica = this.replica();
    if (replica) closeTask(replica, taskId);
  }

  /** Fetches what the dialog shows; what happens meanwhile is remembered by the replica. @param {string} taskId */
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

  /** @param {string} taskId */
  show(taskId) {
    const [entry, view] = [this.opened.get(taskId), this.view()];
    if (!entry || !view) return;
    const { comments, checklists, items, attachments, description } = entry.signals;
    batch(() => {
      update(comments, detailsOf(view, "comment", taskId).sort(oldestFirst));
      update(checklists, detailsOf(view, "checklist", taskId).sort(byPosition));
      update(items, detailsOf(view, "item", taskId).sort(byPosition));
      update(attachments, detailsOf(view, "attachment", taskId).sort(oldestFirst));
      description.value = view.get("description", taskId)?.text;
    });
  }
}

/** @returns {DetailSignals} */
function createSignals() {
  return {
    comments: signal([]),
    checklists: signal([]),
    items: signal([]),
    attachments: signal([]),
    description: signal(undefined),
    state: signal("loading"),
  };
}

/** @template {Detail} K @param {View} view @param {K} kind @param {string} taskId @returns {Things[K][]} */
function detailsOf(view, kind, taskId) {
  return [...view.all(kind)].filter((thing) => thing.task_id === taskId);
}

/** @template T @param {Signal<T[]>} list @param {T[]} things */
function update(list, things) {
  if (!isEqual(list.peek(), things)) list.value = things;
}

/** What the detail routes say about a task, every page of it. @param {Api} api @param {string} taskId @returns {Promise<TaskDetails>} */
export async function fetchDetails(api, taskId) {
  /** @type {Promise<{description: string}>} */
  const task = api.get(path`/tasks/${taskId}`);
  /** @type {Promise<Comment[]>} */
  const comments = fetchAll(api, path`/tasks/${taskId}/comments`);
  /** @type {Promise<(Checklist & {items?: Item[]})[]>} */
  const lists = fetchAll(api, path`/tasks/${taskId}/checklists`);
  /** @type {Promise<Attachment[]>} */
  const attachments = fetchAll(api, path`/tasks/${taskId}/attachments`);
  await Promise.all([task, comments, lists, attachments]);
  const checklists = await lists;
  return {
    description: (await task).description,
    comments: await comments,
    checklists: checklists.map(({ items, ...checklist }) => checklist),
    items: checklists.flatMap(({ items }) => items ?? []),
    attachments: await attachments,
  };
}

/** Every page of a list. @template T @param {Api} api @param {string} url @returns {Promise<T[]>} */
async function fetchAll(api, url) {
  /** @type {T[]} */
  const items = [];
  /** @type {string|null} */
  let cursor = "";
  while (cursor !== null) {
    /** @type {{items: T[], next_cursor?: string|null}} */
    const page = await api.get(cursor ? `${url}?cursor=${encodeURIComponent(cursor)}` : url);
    items.push(...page.items);
    cursor = page.next_cursor ?? null;
  }
  return items;
}
