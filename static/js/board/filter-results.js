/** Tells how many cards a filter lets through, once a person has stopped changing it. */
import { t, tn } from "../lib/i18n.js";
import { effect } from "@preact/signals";
import { announceLater } from "./announce.js";

const PAUSE_MS = 500;

/** @import { BoardState } from "./context.js" */

/** Begins when the filter is changed for the first time. @param {BoardState} board @returns {() => void} a function that stops */
export function followFilter(board) {
  /** @type {number|undefined} */
  let timer;
  let isFirst = true;
  const stop = effect(() => {
    const isActive = board.screen.filtering.value && Boolean(board.screen.filter.value);
    clearTimeout(timer);
    if (!isFirst)
      timer = setTimeout(() => announceLater(sayResults(countVisible(board), isActive)), PAUSE_MS);
    isFirst = false;
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** @param {BoardState} board */
function countVisible({ session, screen }) {
  return session.columnIds.peek().reduce((sum, id) => sum + screen.visibleIds(id).peek().length, 0);
}

/** "3 cards match", or that there is no filter any more. @param {number} count @param {boolean} isActive */
export function sayResults(count, isActive) {
  if (!isActive) return tn("Filter cleared, {count} card", "Filter cleared, {count} cards", count);
  if (count === 0) return t("No card matches");
  return tn("{count} card matches", "{count} cards match", count);
}
