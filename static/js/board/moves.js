/** What a person does to a card from the board: from the keyboard, the card's menu or its dialog. */
import { t } from "../lib/i18n.js";
import { announce } from "./announce.js";
import { showTask } from "./focus.js";
import { showPlaced } from "./seen.js";
import { offerUndo } from "./undo-actions.js";

/** @import { BoardPage, BoardState } from "./context.js" */

/** Marks as done, or as not done. @param {BoardState} board @param {string} id */
export function complete({ session }, id) {
  const task = session.task(id).peek();
  if (!task) return;
  const done = !task.completed_at;
  session.commands.completeTask(id, done);
  announce(done ? t("Marked as done") : t("Marked as not done"));
}

/** Assigns the person who looks, or takes them off. @param {BoardPage} board @param {string} id */
export function assignMe({ session, me }, id) {
  const task = session.task(id).peek();
  if (!task || !me.id) return;
  const mine = task.assignee_ids.includes(me.id);
  session.commands[mine ? "unassign" : "assign"](id, me.id);
  announce(mine ? t("You are no longer assigned") : t("Assigned to you"));
}

/** Archives, and offers to take it back. @param {BoardState} board @param {string} id */
export function archive(board, id) {
  const { session, screen } = board;
  const task = session.task(id).peek();
  if (!task) return;
  offerUndo(board, t("Archived “{title}”", { title: task.title }), session.commands.archiveTask(id));
  if (screen.openTask.peek() === id) screen.openTask.value = null;
}

/** Brings a card back from the archive, to be seen even where a filter would hide it. @param {BoardState} board @param {string} id */
export function restore(board, id) {
  board.session.commands.restoreTask(id);
  showPlaced(board, id);
}

/** Deletes, when the person is sure, and offers to take it back. @param {BoardState} board @param {string} id */
export async function remove(board, id) {
  const { session, screen } = board;
  const task = session.task(id).peek();
  if (!task) return;
  const { title } = task;
  const text = t(
    "It is gone for everybody, with its comments and checklists. You can undo this; nobody else can.",
  );
  const question = { title: t("Delete “{title}”?", { title }), text, yes: t("Delete card") };
  if (!(await screen.confirm(question))) return;
  screen.openTask.value = null;
  offerUndo(board, t("Deleted “{title}”", { title }), session.commands.deleteTask(id));
}

/** Opens the new-card form above a card. @param {BoardState} board @param {string} id */
export function addAbove({ session, screen }, id) {
  const task = session.task(id).peek();
  if (task) screen.adding.value = { columnId: task.column_id, before: id };
}

/** Opens the new-card form under a card; under the last visible one, at the end of the column. @param {BoardState} board @param {string} id */
export function addBelow({ session, screen }, id) {
  const columnId = session.task(id).peek()?.column_id;
  if (!columnId) return;
  const ids = screen.visibleIds(columnId).peek();
  screen.adding.value = { columnId, before: ids[ids.indexOf(id) + 1] ?? null };
}

/**
 * Moves to a place among all cards of a column.
 *
 * @param {BoardState} board @param {string} id @param {{columnId: string, index: number}} place counted from 0
 */
export function moveToIndex({ session, screen }, id, { columnId, index }) {
  const others = session
    .taskIds(columnId)
    .peek()
    .filter((other) => other !== id);
  session.commands.moveTask(id, {
    columnId,
    after: others[index - 1] ?? null,
    before: others[index] ?? null,
  });
  const column = session.column(columnId).peek()?.title ?? "";
  announce(
    t("Moved to {column}, place {place} of {places}", {
      column,
      place: index + 1,
      places: others.length + 1,
    }),
  );
  showTask(screen, id);
}
