/** The board as it was: a snapshot of a moment, shown read-only; its seq is in the address (`?at=42`). */
import { t } from "../lib/i18n.js";
import { signal } from "@preact/signals";
import { problemOf } from "./api.js";
import { BoardModel } from "./model.js";
import { createScreen } from "./screen.js";

/** @import { BoardPage } from "./context.js" */
/** @import { Commands, Moment, Role, Snapshot } from "./types.js" */

/** Keeps what is shown and the address the same, both ways. @param {BoardPage} board */
export function followMoment(board) {
  const read = () => {
    const seq = momentInAddress();
    if (seq !== (board.screen.past.peek()?.seq ?? null)) seq === null ? hide(board) : load(board, { seq });
  };
  addEventListener("popstate", read);
  read();
}

/** Shows the board at a seq or a time. @param {BoardPage} board @param {Moment} moment */
export async function showMoment(board, moment) {
  const seq = await load(board, moment);
  if (seq !== null) history.pushState(null, "", addressAt(seq));
}

/** Back to now. @param {BoardPage} board */
export function leaveMoment(board) {
  hide(board);
  history.pushState(null, "", addressAt(null));
}

/** @param {BoardPage} board @param {Moment} moment @returns {Promise<number|null>} its seq, null when it can't be shown */
async function load(board, moment) {
  const { session, screen } = board;
  try {
    const snapshot = await session.history.past(moment);
    const change = await session.history.changeAt(snapshot.seq).catch(() => undefined);
    hide(board);
    screen.sheet.value = null;
    screen.openTask.value = null;
    screen.past.value = { seq: snapshot.seq, change, board: { ...board, ...frozen(board, snapshot) } };
    return snapshot.seq;
  } catch (error) {
    const problem = problemOf(error);
    const detail = problem?.errors?.[0]?.message ?? problem?.detail ?? t("The server can't be reached.");
    screen.toast({ kind: "error", text: t("That moment can't be shown"), detail });
    return null;
  }
}

/** @param {BoardPage} board */
function hide({ screen }) {
  screen.past.peek()?.board.screen.close();
  screen.past.value = null;
}

/** A session of a moment: everything can be looked at, nothing can be done. @param {BoardPage} board @param {Snapshot} snapshot */
function frozen({ session, screen }, snapshot) {
  const model = new BoardModel();
  model.reset(snapshot);
  const { board, columnIds, labels, members, teams, archived, numbers } = model.projection;
  /** @type {import("@preact/signals").Signal<Role>} */
  const role = signal("viewer");
  /** @type {BoardPage["session"]} */
  const then = {
    ...session,
    ...{ board, columnIds, labels, members, teams, archived, role, presence: signal([]) },
    commands: /** @type {Commands} what a viewer sees offers none of them */ ({}),
    column: (id) => model.projection.of("column", id),
    task: (id) => model.projection.of("task", id),
    taskIds: (columnId) => model.projection.tasksOf(columnId),
    taskNumbered: (number) => numbers.get(number),
    setPresence: () => {},
  };
  const { sheet, toasts } = screen;
  return { session: then, screen: Object.assign(createScreen(then), { sheet, toasts }) };
}

function momentInAddress() {
  const seq = Number.parseInt(new URLSearchParams(location.search).get("at") ?? "", 10);
  return seq > 0 ? seq : null;
}

/** @param {number|null} seq null: now */
function addressAt(seq) {
  const url = new URL(location.href);
  url.hash = "";
  url.searchParams.delete("task");
  if (seq === null) url.searchParams.delete("at");
  else url.searchParams.set("at", `${seq}`);
  return url.pathname + url.search;
}
