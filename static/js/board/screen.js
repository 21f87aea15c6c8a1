/** What is on this person's screen and nobody else's: filter, open task, open sheet, focus, toasts. */
import { computed, effect, signal } from "@preact/signals";
import { NO_FILTER, isActive, matches } from "./filter.js";
import { serverTime } from "./server-time.js";

const MINUTE = 60 * 1000;
let toastCount = 0;

/** @typedef {ReturnType<typeof createScreen>} Screen */

/** @param {import("./types.js").Session} session */
export function createScreen(session) {
  const screen = {
    filter: signal(NO_FILTER),
    kept: signal(new Set()),
    openTask: signal(null),
    missing: signal(null),
    sheet: signal(null),
    question: signal(null),
    adding: signal(null),
    focused: signal(null),
    revealed: signal(null),
    marks: signal(new Map()),
    carrying: signal(null),
    toasts: signal([]),
    now: signal(serverTime.now()),
    past: signal(null),
    news: signal(null),
    seen: signal(null),
    added: null,
    openPart: null,
  };
  const tick = () => (screen.now.value = serverTime.now());
  const ticking = setInterval(() => (session.checkClock(), tick()), MINUTE);
  const stop = effect(() => (serverTime.offset.value, tick()));
  return Object.assign(screen, derived(session, screen), actions(screen), { close: () => (clearInterval(ticking), stop()) });
}

function derived(session, screen) {
  const byId = (list, key = "id") => computed(() => new Map(list.value.map((thing) => [thing[key], thing])));
  const canEdit = computed(() => ["owner", "editor"].includes(session.role.value) && !session.board.value?.archived_at);
  return {
    canEdit,
    canComment: computed(
      () => canEdit.value || (session.role.value === "commenter" && !session.board.value?.archived_at),
    ),
    isOwner: computed(() => session.role.value === "owner"),
    filtering: computed(() => isActive(screen.filter.value)),
    labelsById: byId(session.labels),
    membersById: byId(session.members, "user_id"),
    watchers: computed(() => Map.groupBy(session.presence.value, (person) => person.task)),
    visibleIds: remembered((columnId) => computed(() => visibleTasks(session, screen, columnId))),
    tabStop: computed(() => tabStop(session, screen)),
  };
}

function visibleTasks(session, screen, columnId) {
  const ids = session.taskIds(columnId).value;
  if (!screen.filtering.value) return ids;
  const [filter, kept] = [screen.filter.value, screen.kept.value];
  return ids.filter((id) => {
    const task = session.task(id).value;
    return task && (kept.has(id) || matches(task, filter, screen.now.value));
  });
}

/** The one card that Tab reaches: the last focused, else the first on the board. */
function tabStop(session, screen) {
  const focused = screen.focused.value;
  const task = focused && session.task(focused).value;
  if (task && screen.visibleIds(task.column_id).value.includes(focused)) return focused;
  for (const columnId of session.columnIds.value) {
    const [first] = screen.visibleIds(columnId).value;
    if (first) return first;
  }
  return null;
}

function actions(screen) {
  return {
    setFilter(fields) {
      screen.kept.value = new Set();
      screen.filter.value = { ...screen.filter.value, ...fields };
    },
    /** Shows a new task although the filter would hide it. */
    keep(id) {
      if (screen.filtering.value) screen.kept.value = new Set(screen.kept.value).add(id);
    },
    /** @param {{text: string, detail?: string, kind?: "info"|"error", action?: {label: string, run: () => void}}} toast */
    toast(toast) {
      toastCount += 1;
      screen.toasts.value = [...screen.toasts.value.slice(-3), { kind: "info", ...toast, id: `toast-${toastCount}` }];
    },
    dismissToast(id) {
      screen.toasts.value = screen.toasts.value.filter((toast) => toast.id !== id);
    },
    /** Asks before something that can't be taken back; answers true, false, or "other" for `other`. */
    confirm(question) {
      return new Promise((answer) => (screen.question.value = { ...question, answer }));
    },
  };
}

function remembered(make) {
  const made = new Map();
  return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
}
