/**
 * Lets a person see what changed on the board: what others add or move flies to its place and is marked for a moment,
 * what they delete or archive fades, what one's own undo and redo bring back is scrolled to. What others do never
 * scrolls.
 */
import { formatList, t, tn } from "../lib/i18n.js";
import { effect } from "@preact/signals";
import { announceLater } from "./announce.js";
import { measureCards, moveCards } from "./flight.js";
import { revealColumn, showTask } from "./focus.js";

const MARKED_MS = 5_000;
const MARKS = 100;
const SPEAK_MS = 1_500;
const STRANGER = { name: t("Somebody"), color: "#78839a" };

/** @import { BoardPage, BoardState } from "./context.js" */
/** @import { Actor, Change, Fields, Task } from "./types.js" */

/** @typedef {{id: string, isNew: boolean, person: {name: string, color: string}}} Arrival */

/** Begins to watch the board's events. @param {BoardState} board @returns {() => void} a function that stops */
export function followChanges(board) {
  const arrivals = new Arrivals(board);
  const stop = effect(() => {
    const cause = board.session.cause.value;
    if (cause?.isStep) showStep(board, cause);
    else if (cause && !cause.isOwn) arrivals.add(arrivalsIn(board, cause), removalsIn(cause));
  });
  return () => {
    stop();
    arrivals.close();
  };
}

/** Which cards an event puts somewhere. @param {{screen: Pick<BoardPage["screen"], "membersById">}} board @param {{actor: Actor|null, changes: Change[]}} event @returns {Arrival[]} */
export function arrivalsIn({ screen }, { actor, changes }) {
  const member = actor ? screen.membersById.peek().get(actor.id) : undefined;
  const person = { ...STRANGER, ...actor, color: member?.color ?? STRANGER.color };
  return changes
    .filter(({ kind, set, del }) => kind === "task" && !del && isPlacing(set))
    .map(({ id, set }) => ({ id, isNew: Boolean(set?.id), person }));
}

/** Which cards an event takes off the board. @param {{changes: Change[]}} event @returns {string[]} ids */
export function removalsIn({ changes }) {
  return changes
    .filter(({ kind, set, del }) => kind === "task" && (del || set?.archived_at))
    .map(({ id }) => id);
}

/** @param {Fields} set */
function isPlacing(set = {}) {
  return Boolean(set.id) || "column_id" in set || "position" in set || set.archived_at === null;
}

/** What others put on the board between two frames. */
class Arrivals {
  /** Not shown yet, by the cards' ids. @type {Map<string, Arrival>} */
  waiting = new Map();
  /** Not shown yet either: the ids of cards that others took off the board. @type {Set<string>} */
  removed = new Set();
  /** Where the cards were. @type {ReturnType<typeof measureCards>|null} */
  before = null;
  /** @type {Arrival[]} */
  unsaid = [];
  /** @type {Set<number>} */
  timers = new Set();
  /** @type {number|undefined} */
  speaking = undefined;

  /** @param {BoardState} board */
  constructor(board) {
    this.board = board;
  }

  /** The event is about to be shown: now cards are still where they were. @param {Arrival[]} arrivals @param {string[]} removals */
  add(arrivals, removals) {
    if (arrivals.length + removals.length === 0) return;
    if (this.waiting.size + this.removed.size === 0) {
      this.before = document.hidden ? null : measureCards();
      requestAnimationFrame(() => this.settle());
    }
    for (const arrival of arrivals) this.waiting.set(arrival.id, arrival);
    for (const id of removals) this.removed.add(id);
  }

  settle() {
    const { session } = this.board;
    const arrivals = [...this.waiting.values()].filter(({ id }) => isListed(session.task(id).peek()));
    const removed = new Set([...this.removed].filter((id) => !isListed(session.task(id).peek())));
    this.waiting = new Map();
    this.removed = new Set();
    if (this.before) moveCards(this.before, new Set(arrivals.map(({ id }) => id)), removed);
    if (arrivals.length === 0) return;
    this.mark(arrivals.slice(-MARKS));
    this.speakLater(arrivals);
  }

  /** @param {Arrival[]} arrivals */
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

  /** In one sentence for all that came meanwhile; not to somebody who is in a dialog. @param {Arrival[]} arrivals */
  speakLater(arrivals) {
    this.unsaid.push(...arrivals);
    this.speaking ??= setTimeout(() => {
      if (!document.querySelector("dialog[open]"))
        announceLater(sayArrivals(this.board.session, this.unsaid));
      this.unsaid = [];
      this.speaking = undefined;
    }, SPEAK_MS);
  }

  close() {
    for (const timer of this.timers) clearTimeout(timer);
    clearTimeout(this.speaking);
  }
}

/** "Bruno moved “Plan” to Doing", "Bruno and Carla added or moved 5 cards". @param {Pick<BoardPage["session"], "task"|"column">} session @param {Arrival[]} arrivals */
export function sayArrivals(session, arrivals) {
  const people = [...new Set(arrivals.map(({ person }) => person.name))];
  const who = people.length > 2 ? tn("{count} person", "{count} people", people.length) : formatList(people);
  const ids = new Set(arrivals.map(({ id }) => id));
  const task = ids.size === 1 && session.task(arrivals[0].id).peek();
  if (!task)
    return tn("{who} added or moved {count} card", "{who} added or moved {count} cards", ids.size, { who });
  const column = session.column(task.column_id).peek()?.title ?? "";
  const values = { who, title: task.title, column };
  return arrivals[0].isNew
    ? t("{who} added “{title}” to {column}", values)
    : t("{who} moved “{title}” to {column}", values);
}

/** After undo or redo: the column that came back or moved, else the first card that did. @param {BoardState} board @param {{changes: Change[]}} event */
function showStep({ session, screen }, { changes }) {
  const placed = changes.filter(({ del, set }) => !del && isPlacing(set));
  const column = placed.find(({ kind }) => kind === "column");
  const task = placed.find(({ kind }) => kind === "task");
  requestAnimationFrame(() => {
    if (column && session.columnIds.peek().includes(column.id)) revealColumn(column.id);
    else if (task) showPlaced({ session, screen }, task.id);
  });
}

/** Shows a card that was put back, unless it is not on the board. @param {BoardState} board @param {string} id */
export function showPlaced({ session, screen }, id) {
  if (!isListed(session.task(id).peek())) return;
  screen.keep(id);
  showTask(screen, id);
}

/** @param {Task|undefined} task */
function isListed(task) {
  return Boolean(task && !task.archived_at);
}
