/**
 * Moving cards and columns with the keyboard: space picks up, arrows choose the place, space or Enter drops, Escape
 * cancels. The place is shown as the same gap that a drag shows, and said aloud.
 */
import { t } from "../lib/i18n.js";
import { announce } from "./announce.js";
import { drop, clearLifted } from "./drag.js";
import { clearMark, mark } from "./gap.js";

/** @import { BoardState } from "./context.js" */
/** @import { KeyboardMove } from "./screen.js" */

/** @typedef {Omit<KeyboardMove, "size">} Origin   where something was when it was picked up */

/** Columns across, and places along. @type {Record<string, [number, number]|undefined>} */
const NEXT = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Picks up what has focus; returns whether there was something to pick up. @param {BoardState} board @param {EventTarget|null} element */
export function pickUp(board, element) {
  const { session, screen } = board;
  if (!screen.canEdit.peek() || !(element instanceof Element)) return false;
  /** @type {HTMLElement|null} */
  const slot = element.closest("[data-slot]");
  /** @type {HTMLElement|null} */
  const grip = element.closest("[data-grip]");
  /** @type {HTMLElement|null|undefined} */
  const lifted = slot ?? grip?.closest("[data-column]");
  const move = slot ? movedTask(board, slot.dataset.slot) : movedColumn(session, grip?.dataset.grip);
  if (!lifted || !move) return false;
  lifted.dataset.lifted = "keyboard";
  screen.keyboardMove.value = { ...move, size: lifted.getBoundingClientRect() };
  if (slot) session.setPresence(move.id, "drag");
  announce(
    t("Picked up {title}. Arrow keys move it, space drops it, Escape cancels.", { title: move.title }),
  );
  return true;
}

/** Handles a key while something is move; returns whether it was one of ours. @param {BoardState} board @param {string} key */
export function handleMoveKey(board, key) {
  const [move, next] = [board.screen.keyboardMove.peek(), NEXT[key]];
  if (next && move) step(board, move, next);
  else if (key === " " || key === "Enter") finishMove(board, true);
  else if (key === "Escape" || key === "Tab") finishMove(board, false);
  else return false;
  return true;
}

/** @param {BoardState} board @param {boolean} dropped or put back */
export function finishMove(board, dropped) {
  const move = board.screen.keyboardMove.peek();
  if (!move) return;
  board.screen.keyboardMove.value = null;
  clearMark();
  clearLifted(document);
  if (move.kind === "task") board.session.setPresence(null, null);
  if (!dropped) return announce(t("Cancelled. {title} stays where it was.", { title: move.title }));
  const list = listOf(board, move);
  drop(board, move, { columnId: move.columnId, beforeId: list[move.index] ?? null });
}

/** @param {BoardState} board @param {string} [id] @returns {Origin|undefined} */
function movedTask({ session, screen }, id) {
  const task = id ? session.task(id).peek() : undefined;
  if (!id || !task) return undefined;
  const { title, column_id: columnId } = task;
  return { kind: "task", id, title, columnId, index: screen.visibleIds(columnId).peek().indexOf(id) };
}

/** @param {BoardState["session"]} session @param {string} [id] @returns {Origin|undefined} */
function movedColumn(session, id) {
  const column = id ? session.column(id).peek() : undefined;
  if (!id || !column) return undefined;
  return { kind: "column", id, title: column.title, index: session.columnIds.peek().indexOf(id) };
}

/** The places the moved thing can go to: in front of each of these, or after the last. @param {BoardState} board @param {KeyboardMove} move */
function listOf({ session, screen }, { id, columnId }) {
  const ids = columnId ? screen.visibleIds(columnId).peek() : session.columnIds.peek();
  return ids.filter((other) => other !== id);
}

/** @param {BoardState} board @param {KeyboardMove} move @param {[number, number]} direction */
function step(board, move, [across, along]) {
  const { session, screen } = board;
  const moved = { ...move };
  if (move.kind === "column") moved.index += across;
  else moved.index += along;
  if (move.columnId && across) {
    const columns = session.columnIds.peek();
    moved.columnId = columns[columns.indexOf(move.columnId) + across] ?? move.columnId;
  }
  const list = listOf(board, moved);
  moved.index = Math.max(0, Math.min(moved.index, list.length));
  screen.keyboardMove.value = moved;
  show(moved, list);
  announce(words(session, moved, list.length + 1));
}

/** Opens the gap where the moved thing would go. @param {KeyboardMove} move @param {string[]} list */
function show({ kind, index, columnId, size }, list) {
  const [name, last] =
    kind === "task" ? ["slot", `[data-column="${columnId}"] [data-end]`] : ["column", "#board > :last-child"];
  /** @type {HTMLElement|null} */
  const element = document.querySelector(list[index] ? `[data-${name}="${list[index]}"]` : last);
  mark({ kind, element }, size);
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {BoardState["session"]} session @param {KeyboardMove} move @param {number} count of places */
function words(session, { columnId, index }, count) {
  const values = { place: index + 1, places: count };
  if (!columnId) return t("place {place} of {places}", values);
  return t("{column}, place {place} of {places}", {
    column: session.column(columnId).peek()?.title ?? "",
    ...values,
  });
}
