/**
 * What the screen shows, as signals as fine as a card: an event about one task changes that task's signal and, if it
 * moved, the lists of the columns it left and came to.
 */
import { batch, signal } from "@preact/signals-core";
import { compare } from "./ordering.js";
import { isSame } from "../lib/sameness.js";

/** @import { View } from "./store.js" @import { Ref } from "./types.js" */

const byPosition = (a, b) => compare(a.position, a.id, b.position, b.id);
const byName = (a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
const latestFirst = (a, b) => (a.archived_at < b.archived_at ? 1 : -1);

export class Projection {
  constructor() {
    this.board = signal(undefined);
    this.columnIds = signal([]);
    this.labels = signal([]);
    this.members = signal([]);
    this.teams = signal([]);
    this.archived = signal({ columns: [], tasks: [] });
    this.shown = new Map(["column", "task", "label", "member", "team"].map((kind) => [kind, new Map()]));
    this.signals = new Map(["column", "task", "tasks"].map((kind) => [kind, new Map()]));
    this.order = new Map();
    this.numbers = new Map();
  }

  /** The signal of one thing; the same one each time. */
  of(kind, id) {
    return this.signalOf(kind, id, () => this.shown.get(kind).get(id));
  }

  /** The signal of the ids of a column's unarchived tasks, in order. */
  tasksOf(columnId) {
    return this.signalOf("tasks", columnId, () => this.order.get(columnId) ?? []);
  }

  signalOf(kind, id, initial) {
    const signals = this.signals.get(kind);
    if (!signals.has(id)) signals.set(id, signal(initial()));
    return signals.get(id);
  }

  /**
   * Shows a view, looking only at what may have changed.
   *
   * @param {View} view
   * @param {Iterable<Ref>} refs
   */
  show(view, refs) {
    const stale = { columns: new Map(), lists: new Set() };
    batch(() => {
      for (const { kind, id } of refs) if (this.shown.has(kind)) this.showOne(view, kind, id, stale);
      for (const [columnId, moved] of stale.columns) this.reorder(columnId, moved);
      for (const list of stale.lists) this.relist(list);
      const board = view.get("board", view.replica.board.id);
      if (!isSame(board, this.board.peek())) this.board.value = board;
    });
  }

  showOne(view, kind, id, stale) {
    const shown = this.shown.get(kind);
    const [before, now] = [shown.get(id), view.get(kind, id)];
    if (before === now || isSame(before, now)) return;
    if (now) shown.set(id, now);
    else shown.delete(id);
    const one = this.signals.get(kind)?.get(id);
    if (one) one.value = now;
    if (kind === "task") this.noteTask(before, now, stale);
    else stale.lists.add(kind);
    if (before?.archived_at || now?.archived_at) stale.lists.add("archived");
  }

  noteTask(before, now, stale) {
    if (before?.number && before.number !== now?.number) this.numbers.delete(before.number);
    if (now?.number) this.numbers.set(now.number, now.id);
    const [from, to] = [homeOf(before), homeOf(now)];
    if (from === to && before?.position === now?.position) return;
    for (const columnId of [from, to]) {
      if (!columnId) continue;
      if (!stale.columns.has(columnId)) stale.columns.set(columnId, new Set());
      stale.columns.get(columnId).add((now ?? before).id);
    }
  }

  /** Takes the moved tasks out of a column's order and puts those that belong back in their places. */
  reorder(columnId, moved) {
    const tasks = this.shown.get("task");
    const stay = (this.order.get(columnId) ?? []).filter((id) => !moved.has(id)).map((id) => tasks.get(id));
    const come = [...moved].map((id) => tasks.get(id)).filter((task) => homeOf(task) === columnId);
    const ids = merge(stay, come.sort(byPosition)).map((task) => task.id);
    this.order.set(columnId, ids);
    const list = this.signals.get("tasks").get(columnId);
    if (list && !isSame(list.peek(), ids)) list.value = ids;
  }

  relist(list) {
    const columns = () => [...this.shown.get("column").values()];
    if (list === "column") {
      const ids = columns().filter((column) => !column.archived_at).sort(byPosition).map(({ id }) => id);
      if (!isSame(this.columnIds.peek(), ids)) this.columnIds.value = ids;
    } else if (list === "archived") {
      const archivedOf = (things) => things.filter((thing) => thing.archived_at).sort(latestFirst);
      this.archived.value = { columns: archivedOf(columns()), tasks: archivedOf([...this.shown.get("task").values()]) };
    } else {
      this[`${list}s`].value = [...this.shown.get(list).values()].sort(byName);
    }
  }
}

/** The column a task is listed in, if it is. */
function homeOf(task) {
  return task && !task.archived_at ? task.column_id : undefined;
}

/** Two ordered lists as one. */
function merge(some, others) {
  const merged = [];
  let index = 0;
  for (const thing of some) {
    while (index < others.length && byPosition(others[index], thing) < 0) merged.push(others[index++]);
    merged.push(thing);
  }
  return merged.concat(others.slice(index));
}
