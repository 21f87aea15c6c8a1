/** Up to where this person has seen the board: asked for on opening, kept while it is open and on leaving. */
import { browserStore } from "../lib/platform.js";
import { serverTime } from "./server-time.js";

const EVERY_MS = 60_000;

/** @import { BoardState } from "./context.js" */

/**
 * Tells what happened since the last visit, then keeps the visit; returns a function that stops.
 *
 * @param {BoardState} board
 */
export function followVisit({ session, screen }) {
  const place = `visited ${session.board.peek()?.id}`;
  /** @type {number|null|undefined} */
  let saved = null;
  const save = () => {
    const seq = session.board.peek()?.seq;
    if (seq === undefined || seq === saved || isPrerendered()) return;
    saved = seq;
    browserStore.set(place, serverTime.stamp());
    session.history.saveVisit(seq).catch(() => (saved = null));
  };
  const hidden = () => document.visibilityState === "hidden" && save();
  tell({ session, screen }, browserStore.get(place)).then(save, () => {});
  const timer = setInterval(save, EVERY_MS);
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", save);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", save);
  };
}

/** Whether the browser has loaded the page ahead, and nobody sees it yet (not every browser knows of that). */
function isPrerendered() {
  return "prerendering" in document && Boolean(document.prerendering);
}

/** What others did since then; `screen.news` shows it. @param {BoardState} board @param {string|null} when */
async function tell({ session, screen }, when) {
  const seq = await session.history.lastVisit();
  if (seq === null || seq >= (session.board.peek()?.seq ?? 0)) return;
  const { count, isMore } = await session.history.countSince(seq);
  screen.seen.value = seq;
  if (count > 0) screen.news.value = { count, isMore, when };
}
