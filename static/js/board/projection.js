/**
 * What the screen shows, as signals as fine as a card: an event about one task changes that task's signal and, if it
 * moved, the lists of the columns it left and came to.
 */
import { batch, signal } from "@preact/signals-core";
import { compare } from "./ordering.js";
import { isEqual } from "../lib/equality.js";

/** @import { Signal } from "@preact/signals-core" */
/** @import { Board, Column, Label, Member, Ref, Task, Team, Things, View } from "./types.js" */

/** @typedef {"column"|"task"|"label"|"member"|"team"} ShownKind */
/** @typedef {"columns"|"labels"|"members"|"teams"|"archived"} List */
/**
 * @typedef {{columns: Map<string, Set<string>>, lists: Set<List>}} Stale   what has to be made anew: the columns whose
 *   tasks moved, with these, and the other lists
 */

const LISTS = /** @type {const} */ ({ column: "columns", label: "labels", member: "members", team: "teams" });

/** @param {{position: string, id: string}} a @param {{position: string, id: string}} b */
const byPosition = (a, b) => compare(a.position, a.id, b.position, b.id);
/** @param {{name: string, id: string}} a @param {{name: string, id: string}} b */
const byName = (a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
/** @param {{archived_at: string|null}} a @param {{archived_at: string|null}} b */
const latestFirst = (a, b) => ((a.archived_at ?? "") < (b.archived_at ?? "") ? 1 : -1);

export class Projection {
  /** @type {Signal<Board|undefined>} */
  board = signal(undefined);
  /** Of unarchived columns, in order. @type {Signal<string[]>} */
  columnIds = signal([]);
  /** @type {Signal<Label[]>} */
  labels = signal([]);
  /** @type {Signal<Member[]>} */
  members = signal([]);
  /** @type {Signal<Team[]>} */
  teams = signal([]);
  /** @type {Signal<{columns: Column[], tasks: Task[]}>} */
  archived = signal({ columns: [], tasks: [] });

  /** @type {{[K in ShownKind]: Map<string, Things[K]>}} */
  shown = { column: new Map(), task: new Map(), label: new Map(), member: new Map(), team: new Map() };

  /** Of one thing, for as long as the page is open. @type {{[K in "column"|"task"]: Map<string, Signal<Things[K]|undefined>>}} */
  signals = { column: new Map(), task: new Map() };

  /** The tasks of each column that somebody has asked for. @type {Map<string, Signal<string[]>>} */
  taskIds = new Map();

  /** The ids of each column's unarchived tasks, in order. @type {Map<string, string[]>} */
  order = new Map();

  /** Ids of tasks, by their numbers. @type {Map<number, string>} */
  numbers = new Map();

  /** The signal of one thing; the same one each time. @template {"column"|"task"} K @param {K} kind @param {string} id */
  of(kind, id) {
    return remember(this.signals[kind], id, () => signal(this.shown[kind].get(id)));
  }

  /** The signal of the ids of a column's unarchived tasks, in order. @param {string} columnId */
  tasksOf(columnId) {
    return remember(this.taskIds, columnId, () => signal(this.order.get(columnId) ?? []));
  }

  /**
   * Shows a view, looking only at what may have changed.
   *
   * @param {View} view
   * @param {Iterable<Ref>} refs
   */
  show(view, refs) {
    /** @type {Stale} */
    const stale = { columns: new Map(), lists: new Set() };
    batch(() => {
      for (const { kind, id } of refs) if (isShown(kind)) this.showOne(view, kind, id, stale);
      for (const [columnId, moved] of stale.columns) this.reorder(columnId, moved);
      for (const list of stale.lists) this.relist(list);
      const board = view.get("board", view.replica.board.id);
      if (!isEqual(board, this.board.peek())) this.board.value = board;
    });
  }

  /** @param {View} view @param {ShownKind} kind @param {string} id @param {Stale} stale */
  showOne(view, kind, id, stale) {
    if (kind === "task") return this.showTask(view, id, stale);
    const { before, now, isChanged } = this.replace(kind, id, view.get(kind, id));
    if (!isChanged) return;
    stale.lists.add(LISTS[kind]);
    if (isArchived(before) || isArchived(now)) stale.lists.add("archived");
    const one = kind === "column" ? this.signals.column.get(id) : undefined;
    if (one) one.value = view.get("column", id);
  }

  /** @param {View} view @param {string} id @param {Stale} stale */
  showTask(view, id, stale) {
    const { before, now, isChanged } = this.replace("task", id, view.get("task", id));
    if (!isChanged) return;
    const one = this.signals.task.get(id);
    if (one) one.value = now;
    this.noteNumber(before, now);
    if (isArchived(before) || isArchived(now)) stale.lists.add("archived");
    const [from, to] = [homeOf(before), homeOf(now)];
    if (from === to && before?.position === now?.position) return;
    for (const columnId of [from, to])
      if (columnId) remember(stale.columns, columnId, () => new Set()).add(id);
  }

  /** @template {ShownKind} K @param {K} kind @param {string} id @param {Things[K]|undefined} now */
  replace(kind, id, now) {
    const shown = this.shown[kind];
    const before = shown.get(id);
    const isChanged = before !== now && !isEqual(before, now);
    if (isChanged && now) shown.set(id, now);
    else if (isChanged) shown.delete(id);
    return { before, now, isChanged };
  }

  /** @param {Task|undefined} before @param {Task|undefined} now */
  noteNumber(before, now) {
    if (before?.number && before.number !== now?.number) this.numbers.delete(before.number);
    if (now?.number) this.numbers.set(now.number, now.id);
  }

  /**
   * Takes the moved tasks out of a column's order and puts those that belong back in their places.
   *
   * @param {string} columnId @param {Set<string>} moved
   */
  reorder(columnId, moved) {
    const stay = this.tasks((this.order.get(columnId) ?? []).filter((id) => !moved.has(id)));
    const come = this.tasks([...moved]).filter((task) => homeOf(task) === columnId);
    const ids = merge(stay, come.sort(byPosition)).map((task) => task.id);
    this.order.set(columnId, ids);
    const list = this.taskIds.get(columnId);
    if (list && !isEqual(list.peek(), ids)) list.value = ids;
  }

  /** The shown ones of these. @param {string[]} ids */
  tasks(ids) {
    return ids.map((id) => this.shown.task.get(id)).filter((task) => task !== undefined);
  }

  /** @param {List} list */
  relist(list) {
    const { column, task, label, member, team } = this.shown;
    if (list === "columns") this.relistColumns();
    else if (list === "labels") this.labels.value = [...label.values()].sort(byName);
    else if (list === "members") this.members.value = [...member.values()].sort(byName);
    else if (list === "teams") this.teams.value = [...team.values()].sort(byName);
    else this.archived.value = { columns: archivedOf(column), tasks: archivedOf(task) };
  }

  relistColumns() {
    const columns = [...this.shown.column.values()].filter((column) => !column.archived_at);
    const ids = columns.sort(byPosition).map(({ id }) => id);
    if (!isEqual(this.columnIds.peek(), ids)) this.columnIds.value = ids;
  }
}

/** What a map has for a key, made when it is missing. @template V @param {Map<string, V>} map @param {string} key @param {() => V} make */
function remember(map, key, make) {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** @param {string} kind @returns {kind is ShownKind} */
function isShown(kind) {
  return kind === "task" || Object.hasOwn(LISTS, kind);
}

/** @param {object|undefined} thing */
function isArchived(thing) {
  return Boolean(thing && "archived_at" in thing && thing.archived_at);
}

/** @template {{archived_at: string|null}} T @param {Map<string, T>} things @returns {T[]} latest first */
function archivedOf(things) {
  return [...things.values()].filter((thing) => thing.archived_at).sort(latestFirst);
}

/** The column a task is listed in, if it is. @param {Task|undefined} task */
function homeOf(task) {
  return task && !task.archived_at ? task.column_id : undefined;
}

/** Two ordered lists as one. @param {Task[]} some @param {Task[]} others */
function merge(some, others) {
  /** @type {Task[]} */
  const merged = [];
  let index = 0;
  for (const thing of some) {
    while (index < others.length && byPosition(others[index], thing) < 0) merged.push(others[index++]);
    merged.push(thing);
  }
  return merged.concat(others.slice(index));
}
