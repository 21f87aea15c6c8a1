/** Undo and redo as a person meets them: from the keyboard, the menu or a notification; said on screen and aloud. */
import { announce } from "./announce.js";
import { showPlaced } from "./seen.js";

/** Takes back one's newest change. */
export function undo(board) {
  return turn(board, "Undone", () => board.session.undo());
}

/** Brings back what was taken back last. */
export function redo(board) {
  return turn(board, "Done again", () => board.session.redo());
}

/** Says what was done, and offers to take just that back. @param {string} commandId what the command answered */
export function offerUndo(board, text, commandId) {
  const run = () => turn(board, "Undone", () => board.session.takeBack(commandId));
  board.screen.toast({ text, topic: "undo", action: { label: "Undo", run } });
}

async function turn(board, word, act) {
  try {
    const step = await act();
    const command = step?.withdrawn ?? step?.again;
    if (command) requestAnimationFrame(() => showPlaced(board, command.args.id));
    if (step) await say(board, word, step);
  } catch (error) {
    refuse(board, word, error);
  }
}

async function say({ session, screen }, word, step) {
  const change = step.origin && (await session.history.changeAt(step.origin).catch(() => undefined));
  const text = change ? `${word}: ${change.text}` : `${word}: ${wordsOf(step)}`;
  clear(screen);
  announce(text);
  const back = { label: "Redo", run: () => redo({ session, screen }) };
  screen.toast({ text, topic: "undo", action: word === "Undone" ? back : undefined });
}

function wordsOf({ withdrawn }) {
  return withdrawn ? "it had not been sent yet" : "your last change";
}

/** The server says why not; what is unsent waits, and so does what comes before it. */
function refuse({ screen }, word, { problem }) {
  const text = word === "Undone" ? "That can't be undone" : "That can't be done again";
  const offline = "The server can't be reached. Try again when you are online.";
  clear(screen);
  screen.toast({ kind: "error", topic: "undo", text, detail: problem?.detail ?? offline });
}

function clear(screen) {
  screen.toasts.value = screen.toasts.peek().filter(({ topic }) => topic !== "undo");
}
