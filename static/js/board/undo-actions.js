/** Undo and redo as a person meets them: from the keyboard, the menu or a notification; said on screen and aloud. */
import { t } from "../lib/i18n.js";
import { announce } from "./announce.js";
import { problemOf } from "./api.js";
import { showPlaced } from "./seen.js";

/** @import { BoardState } from "./context.js" */
/** @import { Step } from "./types.js" */

/** @typedef {"undo"|"redo"} Direction */

/** Takes back one's newest change. @param {BoardState} board */
export function undo(board) {
  return perform(board, "undo", () => board.session.undo());
}

/** Brings back what was taken back last. @param {BoardState} board */
export function redo(board) {
  return perform(board, "redo", () => board.session.redo());
}

/** Says what was done, and offers to take just that back. @param {BoardState} board @param {string} text @param {string} commandId what the command returned */
export function offerUndo(board, text, commandId) {
  const run = () => perform(board, "undo", () => board.session.takeBack(commandId));
  board.screen.toast({ text, topic: "undo", action: { label: t("Undo"), run } });
}

/** @param {BoardState} board @param {Direction} direction @param {() => Promise<Step|null>} act */
async function perform(board, direction, act) {
  try {
    const step = await act();
    const command = step?.withdrawn ?? step?.again;
    if (command) requestAnimationFrame(() => showPlaced(board, command.args.id));
    if (step) await report(board, direction, step);
  } catch (error) {
    showFailure(board, direction, error);
  }
}

/** @param {BoardState} board @param {Direction} direction @param {Step} step */
async function report({ session, screen }, direction, step) {
  const change = step.origin && (await session.history.changeAt(step.origin).catch(() => undefined));
  const text = sayStep(direction, step, change ? change.text : undefined);
  clearToasts(screen);
  announce(text);
  const back = { label: t("Redo"), run: () => redo({ session, screen }) };
  screen.toast({ text, topic: "undo", action: direction === "undo" ? back : undefined });
}

/** "Undone: moved “Plan” to Doing". @param {Direction} direction @param {Step} step @param {string|undefined} change in words */
function sayStep(direction, { withdrawn }, change) {
  if (direction === "redo")
    return change ? t("Done again: {change}", { change }) : t("Done again: your last change");
  if (change) return t("Undone: {change}", { change });
  return withdrawn ? t("Undone: it had not been sent yet") : t("Undone: your last change");
}

/** The server says why not; what is unsent waits, and so does what comes before it. @param {BoardState} board @param {Direction} direction @param {unknown} error */
function showFailure({ screen }, direction, error) {
  const text = direction === "undo" ? t("That can't be undone") : t("That can't be done again");
  const offline = t("The server can't be reached. Try again when you are online.");
  clearToasts(screen);
  screen.toast({ kind: "error", topic: "undo", text, detail: problemOf(error)?.detail ?? offline });
}

/** @param {BoardState["screen"]} screen */
function clearToasts(screen) {
  screen.toasts.value = screen.toasts.peek().filter(({ topic }) => topic !== "undo");
}
