/** Keyboard focus on the board: which card, and how to walk from one to the next. */

import { t } from "../lib/i18n.js";
import { announce } from "./announce.js";

/** @import { BoardState } from "./context.js" */
/** @import { Screen } from "./screen.js" */

/** @typedef {"up"|"down"|"left"|"right"} Step */

const TRIES = 6;

/** @param {string} id @returns {HTMLElement|null} */
export function cardElement(id) {
  return document.querySelector(`[data-task="${CSS.escape(id)}"]`);
}

/** Moves focus to a card and brings it into view, waiting a few frames for it to be drawn. @param {Screen} screen @param {string} id @param {number} [tries] */
export function focusTask(screen, id, tries = TRIES) {
  screen.focused.value = id;
  const element = cardElement(id);
  if (element) {
    element.focus({ preventScroll: true });
    return keepInView(() => cardElement(id));
  }
  if (tries > 0) requestAnimationFrame(() => focusTask(screen, id, tries - 1));
}

/** Brings a card that was added or moved into view, and focuses it unless a dialog is open or somebody types. @param {Screen} screen @param {string} id */
export function showTask(screen, id) {
  const isBusy = document.querySelector("dialog[open]") || document.activeElement?.matches("input, textarea");
  requestAnimationFrame(() => (isBusy ? revealTask(screen, id) : focusTask(screen, id)));
}

/** Brings a card into view and leaves focus where it is. @param {Screen} screen @param {string} id */
export function revealTask(screen, id) {
  screen.revealed.value = id;
  keepInView(() => cardElement(id));
}

/** @param {string} id */
export function revealColumn(id) {
  keepInView(() => document.querySelector(`[data-column="${CSS.escape(id)}"]`));
}

/** Scrolls as little as it takes; again for a few frames, while what was far away is being drawn. @param {() => Element|null} find @param {number} [frames] */
function keepInView(find, frames = TRIES) {
  find()?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (frames > 0) requestAnimationFrame(() => keepInView(find, frames - 1));
}

/** Moves focus to the first card that the filter lets through. @param {BoardState} board */
export function focusFirst({ session, screen }) {
  const column = session.columnIds.peek().find((id) => screen.visibleIds(id).peek().length > 0);
  if (column) focusTask(screen, screen.visibleIds(column).peek()[0]);
  else announce(t("No card matches"));
}

/** The card one step away, or undefined. @param {BoardState} board @param {string} id @param {Step} step */
export function taskBeside({ session, screen }, id, step) {
  const task = session.task(id).peek();
  if (!task) return screen.tabStop.peek() ?? undefined;
  const ids = screen.visibleIds(task.column_id).peek();
  const index = ids.indexOf(id);
  if (step === "up") return ids[index - 1];
  if (step === "down") return ids[index + 1];
  return taskAcross({ session, screen }, { columnId: task.column_id, index }, step === "left" ? -1 : 1);
}

/** The card at the same height in the nearest column that has any. @param {BoardState} board @param {{columnId: string, index: number}} from @param {1|-1} direction */
function taskAcross({ session, screen }, { columnId, index }, direction) {
  const columns = session.columnIds.peek();
  for (let at = columns.indexOf(columnId) + direction; columns[at]; at += direction) {
    const ids = screen.visibleIds(columns[at]).peek();
    if (ids.length) return ids[Math.min(index, ids.length - 1)];
  }
  return undefined;
}
