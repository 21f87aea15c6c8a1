/** What is on this person's screen and nobody else's: filter, open task, open sheet, focus, toasts. */
import { computed, signal } from "@preact/signals";
import { NO_FILTER, isActive, matches } from "./filter.js";
import { serverTime } from "./server-time.js";

/** @import { Activity, Member, Label, Person, Session } from "./types.js" */
/** @import { ReadonlySignal, Signal } from "@preact/signals" */
/** @import { Filter } from "./filter.js" */
/** @import { BoardPage } from "./context.js" */

/**
 * @typedef {"activity"|"archive"|"help"|"labels"|"members"} SheetName
 * @typedef {{title: string, text: string, yes: string, other?: string}} Question   before something that can't be taken
 *   back; `yes` and `other` are buttons
 * @typedef {boolean|"other"} Reply
 * @typedef {{text: string, detail?: string, kind?: "info"|"error"|"waiting", topic?: string,
 *   action?: {label: string, run: () => void}}} ToastDraft   `info` goes by itself; those of one topic can be cleared
 * @typedef {ToastDraft & {id: string, kind: "info"|"error"|"waiting"}} Toast
 * @typedef {{kind: "task"|"column", id: string, title: string, columnId?: string, index: number, size: DOMRect}} KeyboardMove
 *   what is moved by the keyboard, and to where it would go; a task has the column it would go to
 * @typedef {{seq: number, change: Activity|undefined, board: BoardPage}} Past   a moment that is shown; `change` led to it
 * @typedef {{count: number, isMore: boolean, when: string|null}} News   changes since the last visit, at `when`
 * @typedef {{name: string, color: string}} Mark   on a card that somebody changed a moment ago
 */

const MINUTE = 60 * 1000;
let toastCount = 0;

/** @param {Session} session */
export function createScreen(session) {
  return new Screen(session);
}

export class Screen {
  filter = signal(NO_FILTER);
  /** Tasks that are shown although the filter would hide them. @type {Signal<ReadonlySet<string>>} */
  kept = signal(new Set());
  /** Whose dialog is open. @type {Signal<string|null>} */
  openTask = signal(null);
  /** The number of a card in the address that isn't there. @type {Signal<string|null>} */
  missing = signal(null);
  /** @type {Signal<SheetName|null>} */
  sheet = signal(null);
  /** @type {Signal<(Question & {answer: (reply: Reply) => void})|null>} */
  question = signal(null);
  /** Where the form of a new card is open: in front of a card, or at the end. @type {Signal<{columnId: string, before: string|null}|null>} */
  adding = signal(null);
  /** The card that had focus last. @type {Signal<string|null>} */
  focused = signal(null);
  /** The card that is to be in view. @type {Signal<string|null>} */
  revealed = signal(null);
  /** By the cards' ids. @type {Signal<ReadonlyMap<string, Mark>>} */
  marks = signal(new Map());
  /** @type {Signal<KeyboardMove|null>} */
  keyboardMove = signal(null);
  /** @type {Signal<Toast[]>} */
  toasts = signal([]);
  /** Epoch milliseconds; grows by the minute. */
  now = signal(serverTime.now());
  /** @type {Signal<Past|null>} */
  past = signal(null);
  /** @type {Signal<News|null>} */
  news = signal(null);
  /** Up to which seq this person had seen the board on the last visit. @type {Signal<number|null>} */
  seen = signal(null);
  /** The card that the open form has added last. @type {string|null} */
  added = null;
  /** The part of a card that its dialog is opened for. @type {string|null} */
  openPart = null;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    const { role, board, presence } = session;
    const isWritable = computed(() => !board.value?.archived_at);
    this.isOwner = computed(() => role.value === "owner");
    this.canEdit = computed(() => isWritable.value && (role.value === "owner" || role.value === "editor"));
    this.canComment = computed(() => this.canEdit.value || (isWritable.value && role.value === "commenter"));
    this.filtering = computed(() => isActive(this.filter.value));
    /** @type {ReadonlySignal<Map<string, Label>>} */
    this.labelsById = computed(() => new Map(session.labels.value.map((label) => [label.id, label])));
    /** @type {ReadonlySignal<Map<string, Member>>} */
    this.membersById = computed(
      () => new Map(session.members.value.map((member) => [member.user_id, member])),
    );
    /** Who has which card open. @type {ReadonlySignal<Map<string|null, Person[]>>} */
    this.watchers = computed(() => Map.groupBy(presence.value, (person) => person.task));
    /** The cards of a column that the filter lets through, in order. @type {(columnId: string) => ReadonlySignal<string[]>} */
    this.visibleIds = remembered((columnId) => computed(() => visibleTasks(session, this, columnId)));
    this.tabStop = computed(() => tabStop(session, this));
    this.ticking = setInterval(() => {
      session.checkClock();
      this.tick();
    }, MINUTE);
    this.stop = serverTime.offset.subscribe(() => this.tick());
  }

  close() {
    clearInterval(this.ticking);
    this.stop();
  }

  tick() {
    this.now.value = serverTime.now();
  }

  /** @param {Partial<Filter>} fields */
  setFilter(fields) {
    this.kept.value = new Set();
    this.filter.value = { ...this.filter.value, ...fields };
  }

  /** Shows a new task although the filter would hide it. @param {string} id */
  keep(id) {
    if (this.filtering.value) this.kept.value = new Set(this.kept.value).add(id);
  }

  /** @param {ToastDraft} toast */
  toast(toast) {
    toastCount += 1;
    this.toasts.value = [
      ...this.toasts.value.slice(-3),
      { kind: "info", ...toast, id: `toast-${toastCount}` },
    ];
  }

  /** @param {string} id */
  dismissToast(id) {
    this.toasts.value = this.toasts.value.filter((toast) => toast.id !== id);
  }

  /**
   * Asks before something that can't be taken back.
   *
   * @param {Question} question
   * @returns {Promise<Reply>} "other" for its other button
   */
  confirm(question) {
    return new Promise((answer) => (this.question.value = { ...question, answer }));
  }
}

/** @param {Session} session @param {Screen} screen @param {string} columnId */
function visibleTasks(session, screen, columnId) {
  const ids = session.taskIds(columnId).value;
  if (!screen.filtering.value) return ids;
  const [filter, kept] = [screen.filter.value, screen.kept.value];
  return ids.filter((id) => {
    const task = session.task(id).value;
    return task && (kept.has(id) || matches(task, filter, screen.now.value));
  });
}

/** The one card that Tab reaches: the last focused, else the first on the board. @param {Session} session @param {Screen} screen */
function tabStop(session, screen) {
  const focused = screen.focused.value;
  const task = focused ? session.task(focused).value : undefined;
  if (focused && task && screen.visibleIds(task.column_id).value.includes(focused)) return focused;
  for (const columnId of session.columnIds.value) {
    const [first] = screen.visibleIds(columnId).value;
    if (first) return first;
  }
  return null;
}

/** A function that makes what belongs to a key once. @template V @param {(key: string) => V} make */
function remembered(make) {
  /** @type {Map<string, V>} */
  const made = new Map();
  return (/** @type {string} */ key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
