/**
 * Lets a person see what changed on the board: what others add or move flies to its place and is marked for a moment,
 * what one's own undo and redo bring back is scrolled to. What others do never scrolls.
 */
import { effect } from "@preact/signals";
import { announceLater } from "./announce.js";
import { measureCards, moveCards } from "./flight.js";
import { revealColumn, showTask } from "./focus.js";
import { countOf } from "./wording.js";

const MARKED_MS = 5_000;
const MARKS = 100;
const SPEAK_MS = 1_500;
const STRANGER = { name: "Somebody", color: "#78839a" };

/** @typedef {{id: string, isNew: boolean, person: {name: string, color: string}}} Arrival */

/** Begins to watch the board's events. @returns {() => void} a function that stops */
export function followChanges(board) {
  const arrivals = new Arrivals(board);
  const stop = effect(() => {
    const cause = board.session.cause.value;
    if (cause?.isStep) showStep(board, cause);
    else if (cause && !cause.isOwn) arrivals.add(arrivalsIn(board, cause));
  });
  return () => {
    stop();
    arrivals.close();
  };
}

/** Which cards an event puts somewhere. @returns {Arrival[]} */
export function arrivalsIn({ screen }, { actor, changes }) {
  const person = { ...STRANGER, ...actor, color: screen.membersById.peek().get(actor?.id)?.color ?? STRANGER.color };
  return changes
    .filter(({ kind, set, del }) => kind === "task" && !del && isPlacing(set))
    .map(({ id, set }) => ({ id, isNew: Boolean(set.id), person }));
}

function isPlacing(set = {}) {
  return Boolean(set.id) || "column_id" in set || "position" in set || set.archived_at === null;
}

/** What others put on the board between two frames. */
class Arrivals {
  constructor(board) {
    Object.assign(this, { board, waiting: new Map(), before: null, unsaid: [], timers: new Set(), speaking: null });
  }

  /** The event is about to be shown: now cards are still where they were. @param {Arrival[]} arrivals */
  add(arrivals) {
    if (arrivals.length === 0) return;
    if (this.waiting.size === 0) {
      this.before = document.hidden ? null : measureCards();
      requestAnimationFrame(() => this.settle());
    }
    for (const arrival of arrivals) this.waiting.set(arrival.id, arrival);
  }

  settle() {
    const { session } = this.board;
    const arrivals = [...this.waiting.values()].filter(({ id }) => isListed(session.task(id).peek()));
    this.waiting = new Map();
    if (arrivals.length === 0) return;
    if (this.before) moveCards(this.before, new Set(arrivals.map(({ id }) => id)));
    this.mark(arrivals.slice(-MARKS));
    this.speakLater(arrivals);
  }

  mark(arrivals) {
    const { marks } = this.board.screen;
    const mine = new Map(arrivals.map(({ id, person }) => [id, { ...person }]));
    marks.value = new Map([...marks.peek(), ...mine]);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      marks.value = new Map([...marks.peek()].filter(([id, mark]) => mine.get(id) !== mark));
    }, MARKED_MS);
    this.timers.add(timer);
  }

  /** In one sentence for all that came meanwhile; not to somebody who is in a dialog. */
  speakLater(arrivals) {
    this.unsaid.push(...arrivals);
    this.speaking ??= setTimeout(() => {
      if (!document.querySelector("dialog[open]")) announceLater(sayArrivals(this.board.session, this.unsaid));
      Object.assign(this, { unsaid: [], speaking: null });
    }, SPEAK_MS);
  }

  close() {
    for (const timer of this.timers) clearTimeout(timer);
    clearTimeout(this.speaking);
  }
}

/** "Bruno moved “Plan” to Doing", "Bruno and Carla added or moved 5 cards". @param {Arrival[]} arrivals */
export function sayArrivals(session, arrivals) {
  const people = [...new Set(arrivals.map(({ person }) => person.name))];
  const who = people.length > 2 ? `${people.length} people` : people.join(" and ");
  const ids = new Set(arrivals.map(({ id }) => id));
  const task = ids.size === 1 && session.task(arrivals[0].id).peek();
  if (!task) return `${who} added or moved ${countOf(ids.size, "card")}`;
  const column = session.column(task.column_id).peek()?.title ?? "";
  return `${who} ${arrivals[0].isNew ? "added" : "moved"} “${task.title}” to ${column}`;
}

/** After undo or redo: the column that came back or moved, else the first card that did. */
function showStep({ session, screen }, { changes }) {
  const placed = changes.filter(({ del, set }) => !del && isPlacing(set));
  const column = placed.find(({ kind }) => kind === "column");
  const task = placed.find(({ kind }) => kind === "task");
  requestAnimationFrame(() => {
    if (column && session.columnIds.peek().includes(column.id)) revealColumn(column.id);
    else if (task) showPlaced({ session, screen }, task.id);
  });
}

/** Shows a card that was put back, unless it is not on the board. */
export function showPlaced({ session, screen }, id) {
  if (!isListed(session.task(id).peek())) return;
  screen.keep(id);
  showTask(screen, id);
}

function isListed(task) {
  return Boolean(task) && !task.archived_at;
}
