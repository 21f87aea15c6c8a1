/** Keyboard focus on the board: which card, and how to walk from one to the next. */

const TRIES = 6;

export function cardElement(id) {
  return document.querySelector(`[data-task="${CSS.escape(id)}"]`);
}

/** Moves focus to a card, waiting a few frames for it to be drawn. */
export function focusTask(screen, id, tries = TRIES) {
  screen.focused.value = id;
  const element = cardElement(id);
  if (element) {
    element.focus({ preventScroll: true });
    return element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  if (tries > 0) requestAnimationFrame(() => focusTask(screen, id, tries - 1));
}

/** The card one step away, or undefined. `step`: "up", "down", "left", "right". */
export function taskBeside({ session, screen }, id, step) {
  const task = session.task(id).peek();
  if (!task) return screen.tabStop.peek() ?? undefined;
  const ids = screen.visibleIds(task.column_id).peek();
  const index = ids.indexOf(id);
  if (step === "up") return ids[index - 1];
  if (step === "down") return ids[index + 1];
  return taskAcross({ session, screen }, task.column_id, index, step === "left" ? -1 : 1);
}

/** The card at the same height in the nearest column that has any. */
function taskAcross({ session, screen }, columnId, index, direction) {
  const columns = session.columnIds.peek();
  for (let at = columns.indexOf(columnId) + direction; columns[at]; at += direction) {
    const ids = screen.visibleIds(columns[at]).peek();
    if (ids.length) return ids[Math.min(index, ids.length - 1)];
  }
  return undefined;
}

/** Where focus goes when this card leaves: the next one, else the previous, else sideways. */
export function taskToFocusAfter(board, id) {
  for (const step of ["down", "up", "right", "left"]) {
    const beside = taskBeside(board, id, step);
    if (beside) return beside;
  }
  return undefined;
}
