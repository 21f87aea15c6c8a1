/** The board's keyboard shortcuts. `SHORTCUTS` is also what the help shows. */
import { t } from "../lib/i18n.js";
import { handleMoveKey, pickUp } from "./keyboard-move.js";
import { focusTask, taskBeside } from "./focus.js";
import { addBelow, archive, assignMe, complete } from "./moves.js";
import { redo, undo } from "./undo-actions.js";
import { guardKeys, letterOf } from "../lib/keys.js";

/** @import { BoardPage, BoardState } from "./context.js" */
/** @import { Step } from "./focus.js" */

const anybody = () => true;
/** @param {BoardState} board */
const editors = ({ screen }) => screen.canEdit.value;
/** @param {BoardState} board */
const commenters = ({ screen }) => screen.canComment.value;
/** @param {BoardState} board */
const members = ({ session }) => !session.isGuest;

/** @type {[(board: BoardState) => boolean, string, ...string[][]][]} for whom, what, and the ways to do it */
export const SHORTCUTS = [
  [anybody, t("Move between cards"), ["←", "↑", "↓", "→"], ["h", "j", "k", "l"]],
  [anybody, t("Open the card"), ["Enter"]],
  [editors, t("Edit its title"), ["e"]],
  [editors, t("New card below"), ["n"]],
  [editors, t("Assign or unassign me"), ["m"]],
  [editors, t("Labels"), ["Shift", "L"]],
  [editors, t("Mark as done"), ["d"]],
  [editors, t("Archive"), ["c"]],
  [editors, t("Card menu"), ["."], ["Shift", "F10"]],
  [editors, t("Pick up, and drop"), ["Space"]],
  [anybody, t("Filter"), ["/"]],
  [commenters, t("Undo your last change"), ["Ctrl", "Z"], ["z"]],
  [commenters, t("Redo"), ["Ctrl", "Shift", "Z"], ["Ctrl", "Y"]],
  [members, t("Activity"), ["a"]],
  [anybody, t("These shortcuts"), ["?"]],
  [anybody, t("Close, cancel"), ["Esc"]],
];

const FIELDS = "input, textarea, select, [contenteditable]";
/** @type {Record<string, Step|undefined>} */
const STEPS = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  k: "up",
  j: "down",
  h: "left",
  l: "right",
};
/** @type {Record<string, ((board: BoardPage, id: string) => void)|undefined>} */
const ON_CARD = {
  c: archive,
  m: assignMe,
  d: complete,
  n: addBelow,
  e: (board, id) => openAt(board, id, "title"),
  ".": openMenu,
  ContextMenu: openMenu,
};

/** Begins to listen; returns a function that stops. @param {BoardPage} board */
export function enableShortcuts(board) {
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    const shown = board.screen.past.peek()?.board ?? board;
    if (undoByKey(shown, event) || handle(shown, event)) event.preventDefault();
  };
  const unguard = guardKeys(document);
  document.addEventListener("keydown", listener);
  return () => {
    unguard();
    document.removeEventListener("keydown", listener);
  };
}

/** Does what a key means; returns whether it means anything. @param {BoardPage} board @param {KeyboardEvent} event */
function handle(board, event) {
  const target = targetOf(event);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(target))
    return false;
  if (board.screen.keyboardMove.peek()) return handleMoveKey(board, event.key);
  if (event.key === " ") return pickUp(board, target);
  /** @type {HTMLElement|null|undefined} */
  const card = target?.closest("[data-task]");
  const id = card?.dataset.task;
  const letter = letterOf(event);
  if (letter === "l" && event.shiftKey)
    return !event.repeat && onCard(board, id, (card) => openAt(board, card, "labels"));
  const step = STEPS[letter || event.key];
  if (step) return walk(board, { id, target }, step);
  const key = event.key === "F10" && event.shiftKey ? "ContextMenu" : letter || event.key;
  return !event.repeat && onBoard(board, key, id);
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, Cmd on a Mac; while typing they are the field's. @param {BoardState} board @param {KeyboardEvent} event */
function undoByKey(board, event) {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return false;
  const key = letterOf(event);
  if ((key !== "z" && key !== "y") || targetOf(event)?.closest(FIELDS) || !board.screen.canComment.peek())
    return false;
  if (event.repeat) return true;
  if (key === "z" && !event.shiftKey) undo(board);
  else redo(board);
  return true;
}

/** @param {KeyboardEvent} event */
function targetOf({ target }) {
  return target instanceof Element ? target : null;
}

/** In a field, a menu or a dialog keys mean something else. @param {Element|null} target */
function isElsewhere(target) {
  return Boolean(target?.closest(`${FIELDS}, dialog, [popover]`) ?? document.querySelector("dialog[open]"));
}

/** Goes to the card one step away. @param {BoardState} board @param {{id?: string, target: Element|null}} from @param {Step} step */
function walk(board, { id, target }, step) {
  if (!id && target !== document.body && target?.id !== "board") return false;
  const next = id ? taskBeside(board, id, step) : board.screen.tabStop.peek();
  if (next) focusTask(board.screen, next);
  else if (step === "up" && id && board.screen.filtering.peek()) return focusFilter();
  return Boolean(next);
}

/** @param {BoardPage} board @param {string} key @param {string} [id] of the card that has focus */
function onBoard(board, key, id) {
  const [{ screen }, act] = [board, ON_CARD[key]];
  if (key === "/") return focusFilter();
  if (key === "?") return openSheet(board, "help");
  if (key === "a" && !board.session.isGuest) return openSheet(board, "activity");
  if (key === "z" && screen.canComment.peek()) return Boolean(undo(board));
  if (key === "n" && !id && screen.canEdit.peek()) return addFirst(board);
  return Boolean(act) && onCard(board, id, (card) => act?.(board, card));
}

/** @param {BoardState} board @param {"help"|"activity"} name */
function openSheet({ screen }, name) {
  screen.sheet.value = name;
  return true;
}

/** @param {BoardState} board @param {string|undefined} id @param {(id: string) => void} act */
function onCard({ screen }, id, act) {
  if (!id || !screen.canEdit.peek()) return false;
  act(id);
  return true;
}

/** The menu is in the card's corner, where Tab doesn't stop: one stop a board is enough. @param {BoardState} _board @param {string} id */
function openMenu(_board, id) {
  /** @type {HTMLElement|null} */
  const button = document.querySelector(`[data-slot="${id}"] .card__menu`);
  button?.click();
}

/** @param {BoardState} board @param {string} id @param {string} part of the card */
function openAt({ screen }, id, part) {
  screen.openPart = part;
  screen.openTask.value = id;
}

/** @param {BoardState} board */
function addFirst({ session, screen }) {
  const [columnId] = session.columnIds.peek();
  if (columnId) screen.adding.value = { columnId, before: null };
  return Boolean(columnId);
}

function focusFilter() {
  document.getElementById("filter")?.focus();
  return true;
}
