/** Undo and redo as a person meets them: from the keyboard, the menu or a notification; said on screen and aloud. */
import { announce } from "./announce.js";
import { problemOf } from "./api.js";
import { showPlaced } from "./seen.js";

/** @import { BoardState } from "./context.js" */
/** @import { Step } from "./types.js" */

/** @typedef {"Undone"|"Done again"} Outcome */

/** Takes back one's newest change. @param {BoardState} board */
export function undo(board) {
  return perform(board, "Undone", () => board.session.undo());
}

/** Brings back what was taken back last. @param {BoardState} board */
export function redo(board) {
  return perform(board, "Done again", () => board.session.redo());
}

/** Says what was done, and offers to take just that back. @param {BoardState} board @param {string} text @param {string} commandId what the command returned */
export function offerUndo(board, text, commandId) {
  const run = () => perform(board, "Undone", () => board.session.takeBack(commandId));
  board.screen.toast({ text, topic: "undo", action: { label: "Undo", run } });
}

/** @param {BoardState} board @param {Outcome} word @param {() => Promise<Step|null>} act */
async function perform(board, word, act) {
  try {
    const step = await act();
    const command = step?.withdrawn ?? step?.again;
    if (command) requestAnimationFrame(() => showPlaced(board, command.args.id));
    if (step) await report(board, word, step);
  } catch (error) {
    showFailure(board, word, error);
  }
}

/** @param {BoardState} board @param {Outcome} word @param {Step} step */
async function report({ session, screen }, word, step) {
  const change = step.origin && (await session.history.changeAt(step.origin).catch(() => undefined));
  const text = change ? `${word}: ${change.text}` : `${word}: ${wordsOf(step)}`;
  clearToasts(screen);
  announce(text);
  const back = { label: "Redo", run: () => redo({ session, screen }) };
  screen.toast({ text, topic: "undo", action: word === "Undone" ? back : undefined });
}

/** @param {Step} step */
function wordsOf({ withdrawn }) {
  return withdrawn ? "it had not been sent yet" : "your last change";
}

/** The server says why not; what is unsent waits, and so does what comes before it. @param {BoardState} board @param {Outcome} word @param {unknown} error */
function showFailure({ screen }, word, error) {
  const text = word === "Undone" ? "That can't be undone" : "That can't be done again";
  const offline = "The server can't be reached. Try again when you are online.";
  clearToasts(screen);
  screen.toast({ kind: "error", topic: "undo", text, detail: problemOf(error)?.detail ?? offline });
}

/** @param {BoardState["screen"]} screen */
function clearToasts(screen) {
  screen.toasts.value = screen.toasts.peek().filter(({ topic }) => topic !== "undo");
}
