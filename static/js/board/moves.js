/** What a person does to a card from the board: from the keyboard, the card's menu or its dialog. */
import { announce } from "./announce.js";
import { showTask } from "./focus.js";
import { showPlaced } from "./seen.js";
import { offerUndo } from "./turning-back.js";

export function complete({ session }, id) {
  const done = !session.task(id).peek().completed_at;
  session.commands.completeTask(id, done);
  announce(done ? "Marked as done" : "Marked as not done");
}

export function assignMe({ session, me }, id) {
  const mine = session.task(id).peek().assignee_ids.includes(me.id);
  session.commands[mine ? "unassign" : "assign"](id, me.id);
  announce(mine ? "You are no longer assigned" : "Assigned to you");
}

/** Archives, and offers to take it back. */
export function archive(board, id) {
  const { session, screen } = board;
  const { title } = session.task(id).peek();
  offerUndo(board, `Archived “${title}”`, session.commands.archiveTask(id));
  if (screen.openTask.peek() === id) screen.openTask.value = null;
}

/** Brings a card back from the archive, to be seen even where a filter would hide it. */
export function restore(board, id) {
  board.session.commands.restoreTask(id);
  showPlaced(board, id);
}

export async function remove(board, id) {
  const { session, screen } = board;
  const { title } = session.task(id).peek();
  const text = "It is gone for everybody, with its comments and checklists. You can undo this; nobody else can.";
  if (!(await screen.confirm({ title: `Delete “${title}”?`, text, yes: "Delete card" }))) return;
  screen.openTask.value = null;
  offerUndo(board, `Deleted “${title}”`, session.commands.deleteTask(id));
}

export function addAbove({ session, screen }, id) {
  screen.adding.value = { columnId: session.task(id).peek().column_id, before: id };
}

/** Opens the new-card form under a card; under the last visible one, at the end of the column. */
export function addBelow({ session, screen }, id) {
  const columnId = session.task(id).peek().column_id;
  const ids = screen.visibleIds(columnId).peek();
  screen.adding.value = { columnId, before: ids[ids.indexOf(id) + 1] ?? null };
}

/** Moves to a place counted from 0 among all cards of a column. */
export function moveToIndex({ session, screen }, id, columnId, index) {
  const others = session
    .taskIds(columnId)
    .peek()
    .filter((other) => other !== id);
  session.commands.moveTask(id, { columnId, after: others[index - 1] ?? null, before: others[index] ?? null });
  announce(`Moved to ${session.column(columnId).peek().title}, place ${index + 1} of ${others.length + 1}`);
  showTask(screen, id);
}
