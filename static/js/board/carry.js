/**
 * Moving cards and columns with the keyboard: space picks up, arrows choose the place, space or Enter drops, Escape
 * cancels. The place is shown as the same gap that a drag shows, and said aloud.
 */
import { announce } from "./announce.js";
import { drop } from "./drag.js";
import { clearMark, mark } from "./gap.js";

const NEXT = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Picks up what has focus; answers whether there was something to pick up. */
export function pickUp({ session, screen }, element) {
  const [slot, grip] = [element.closest?.("[data-slot]"), element.closest?.("[data-grip]")];
  if (!screen.canEdit.peek() || (!slot && !grip)) return false;
  const lifted = slot ?? grip.closest("[data-column]");
  const carried = slot
    ? carriedTask({ session, screen }, slot.dataset.slot)
    : carriedColumn(session, grip.dataset.grip);
  lifted.dataset.lifted = "keyboard";
  screen.carrying.value = { ...carried, size: lifted.getBoundingClientRect() };
  if (slot) session.setPresence(carried.id, "drag");
  announce(`Picked up ${carried.title}. Arrow keys move it, space drops it, Escape cancels.`);
  return true;
}

/** Handles a key while something is carried; answers whether it was one of ours. */
export function carryOn(board, key) {
  const carried = board.screen.carrying.peek();
  if (NEXT[key]) step(board, carried, NEXT[key]);
  else if (key === " " || key === "Enter") putDown(board, true);
  else if (key === "Escape" || key === "Tab") putDown(board, false);
  else return false;
  return true;
}

export function putDown(board, dropped) {
  const carried = board.screen.carrying.peek();
  if (!carried) return;
  board.screen.carrying.value = null;
  clearMark();
  for (const lifted of document.querySelectorAll("[data-lifted]")) delete lifted.dataset.lifted;
  if (carried.kind === "task") board.session.setPresence(null, null);
  if (!dropped) return announce(`Cancelled. ${carried.title} stays where it was.`);
  const list = listOf(board, carried);
  drop(board, carried.kind, carried.id, { columnId: carried.columnId, beforeId: list[carried.index] ?? null });
}

function carriedTask({ session, screen }, id) {
  const { title, column_id: columnId } = session.task(id).peek();
  return { kind: "task", id, title, columnId, index: screen.visibleIds(columnId).peek().indexOf(id) };
}

function carriedColumn(session, id) {
  return { kind: "column", id, title: session.column(id).peek().title, index: session.columnIds.peek().indexOf(id) };
}

/** The places a carried thing can go to: in front of each of these, or after the last. */
function listOf({ session, screen }, { kind, id, columnId }) {
  const ids = kind === "task" ? screen.visibleIds(columnId).peek() : session.columnIds.peek();
  return ids.filter((other) => other !== id);
}

function step(board, carried, [across, along]) {
  const { session, screen } = board;
  const moved = { ...carried };
  if (carried.kind === "column") moved.index += across;
  else moved.index += along;
  if (carried.kind === "task" && across) {
    const columns = session.columnIds.peek();
    moved.columnId = columns[columns.indexOf(carried.columnId) + across] ?? carried.columnId;
  }
  const list = listOf(board, moved);
  moved.index = Math.max(0, Math.min(moved.index, list.length));
  screen.carrying.value = moved;
  show(moved, list);
  announce(words(session, moved, list.length + 1));
}

function show({ kind, index, columnId, size }, list) {
  const [name, last] =
    kind === "task" ? ["slot", `[data-column="${columnId}"] [data-end]`] : ["column", "#board > :last-child"];
  const element = document.querySelector(list[index] ? `[data-${name}="${list[index]}"]` : last);
  mark({ kind, element }, size);
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function words(session, { kind, columnId, index }, count) {
  const where = kind === "task" ? `${session.column(columnId).peek().title}, ` : "";
  return `${where}place ${index + 1} of ${count}`;
}
