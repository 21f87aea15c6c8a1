/** Up to where this person has seen the board: asked for on opening, kept while it is open and on leaving. */
import { browserStore } from "../lib/platform.js";
import { serverTime } from "./server-time.js";

const EVERY_MS = 60_000;

/**
 * Tells what happened since the last visit, then keeps the visit. Answers a function that stops.
 *
 * @param {{session: import("./types.js").Session, screen: Object}} board
 */
export function followVisit({ session, screen }) {
  const place = `visited ${session.board.peek().id}`;
  let saved = null;
  const save = () => {
    const { seq } = session.board.peek();
    if (seq === saved || document.visibilityState === "prerender") return;
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

/** What others did since then; `screen.news` shows it. */
async function tell({ session, screen }, when) {
  const seq = await session.history.lastVisit();
  if (seq === null || seq >= session.board.peek().seq) return;
  const { count, isMore } = await session.history.countSince(seq);
  screen.seen.value = seq;
  if (count > 0) screen.news.value = { count, isMore, when };
}
