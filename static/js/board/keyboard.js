/** The board's keyboard shortcuts. `SHORTCUTS` is also what the help shows. */
import { carryOn, pickUp } from "./carry.js";
import { focusTask, taskBeside } from "./focus.js";
import { addBelow, archive, assignMe, complete } from "./moves.js";
import { redo, undo } from "./turning-back.js";
import { guardKeys, letterOf } from "../lib/keys.js";

const anybody = () => true;
const editors = ({ screen }) => screen.canEdit.value;
const commenters = ({ screen }) => screen.canComment.value;
const members = ({ session }) => !session.isGuest;

/** @type {[(board: Object) => boolean, string, ...string[][]][]} for whom, what, and the ways to do it */
export const SHORTCUTS = [
  [anybody, "Move between cards", ["←", "↑", "↓", "→"], ["h", "j", "k", "l"]],
  [anybody, "Open the card", ["Enter"]],
  [editors, "Edit its title", ["e"]],
  [editors, "New card below", ["n"]],
  [editors, "Assign or unassign me", ["m"]],
  [editors, "Labels", ["Shift", "L"]],
  [editors, "Mark as done", ["d"]],
  [editors, "Archive", ["c"]],
  [editors, "Card menu", ["."], ["Shift", "F10"]],
  [editors, "Pick up, and drop", ["Space"]],
  [anybody, "Filter", ["/"]],
  [commenters, "Undo your last change", ["Ctrl", "Z"], ["z"]],
  [commenters, "Redo", ["Ctrl", "Shift", "Z"], ["Ctrl", "Y"]],
  [members, "Activity", ["a"]],
  [anybody, "These shortcuts", ["?"]],
  [anybody, "Close, cancel", ["Esc"]],
];

const FIELDS = "input, textarea, select, [contenteditable]";
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
const ON_CARD = {
  c: archive,
  m: assignMe,
  d: complete,
  n: addBelow,
  e: (board, id) => openAt(board, id, "title"),
  ".": openMenu,
  ContextMenu: openMenu,
};

/** Listens until the answered function is called. */
export function enableShortcuts(board) {
  const listener = (event) => {
    const shown = board.screen.past.peek()?.board ?? board;
    if (turnBack(shown, event) || handle(shown, event)) event.preventDefault();
  };
  const unguard = guardKeys(document);
  document.addEventListener("keydown", listener);
  return () => {
    unguard();
    document.removeEventListener("keydown", listener);
  };
}

function handle(board, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target))
    return false;
  if (board.screen.carrying.peek()) return carryOn(board, event.key);
  if (event.key === " ") return pickUp(board, event.target);
  const id = event.target.closest?.("[data-task]")?.dataset.task;
  const letter = letterOf(event);
  if (letter === "l" && event.shiftKey) return !event.repeat && onCard(board, id, () => openAt(board, id, "labels"));
  const step = STEPS[letter || event.key];
  if (step) return walk(board, id, step, event.target);
  const key = event.key === "F10" && event.shiftKey ? "ContextMenu" : letter || event.key;
  return !event.repeat && onBoard(board, key, id);
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, Cmd on a Mac; while typing they are the field's. */
function turnBack(board, event) {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return false;
  const key = letterOf(event);
  if ((key !== "z" && key !== "y") || event.target.closest?.(FIELDS) || !board.screen.canComment.peek()) return false;
  if (event.repeat) return true;
  if (key === "z" && !event.shiftKey) undo(board);
  else redo(board);
  return true;
}

/** In a field, a menu or a dialog keys mean something else. */
function isElsewhere(target) {
  return Boolean(
    target.closest?.("input, textarea, select, [contenteditable], dialog, [popover]") ??
    document.querySelector("dialog[open]"),
  );
}

function walk(board, id, step, target) {
  if (!id && target !== document.body && target.id !== "board") return false;
  const next = id ? taskBeside(board, id, step) : board.screen.tabStop.peek();
  if (next) focusTask(board.screen, next);
  else if (step === "up" && id && board.screen.filtering.peek()) return focusFilter();
  return Boolean(next);
}

function onBoard(board, key, id) {
  const { screen } = board;
  if (key === "/") return focusFilter();
  if (key === "?") return Boolean((screen.sheet.value = "help"));
  if (key === "a" && !board.session.isGuest) return Boolean((screen.sheet.value = "activity"));
  if (key === "z" && screen.canComment.peek()) return Boolean(undo(board));
  if (key === "n" && !id && screen.canEdit.peek()) return addFirst(board);
  return Boolean(ON_CARD[key]) && onCard(board, id, () => ON_CARD[key](board, id));
}

function onCard({ screen }, id, act) {
  if (!id || !screen.canEdit.peek()) return false;
  act();
  return true;
}

/** The menu is in the card's corner, where Tab doesn't stop: one stop a board is enough. */
function openMenu(board, id) {
  document.querySelector(`[data-slot="${id}"] .card__menu`)?.click();
}

function openAt({ screen }, id, part) {
  screen.openPart = part;
  screen.openTask.value = id;
}

function addFirst({ session, screen }) {
  const [columnId] = session.columnIds.peek();
  if (columnId) screen.adding.value = { columnId, before: null };
  return Boolean(columnId);
}

function focusFilter() {
  document.getElementById("filter").focus();
  return true;
}
