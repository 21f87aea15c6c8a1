/** The open task in the address bar: `?task=<id>`, or `#task-12` from a message. */

/** @import { BoardState } from "./context.js" */

/** Keeps `screen.openTask` and the address the same, both ways; returns a function that stops. @param {BoardState} board */
export function followAddress({ session, screen }) {
  const read = () => {
    screen.openTask.value = taskInAddress(session);
    screen.missing.value = screen.openTask.value ? null : numberInAddress();
  };
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  read();
  const stop = screen.openTask.subscribe((id) => {
    if (id !== taskInAddress(session)) history.pushState(null, "", addressOf(id));
  });
  return () => {
    stop();
    removeEventListener("popstate", read);
    removeEventListener("hashchange", read);
  };
}

/** @param {string|null} taskId */
export function addressOf(taskId) {
  const url = new URL(location.href);
  url.hash = "";
  if (taskId) url.searchParams.set("task", taskId);
  else url.searchParams.delete("task");
  return url.pathname + url.search;
}

/** Where to sign in so that one comes back to what is on the screen. @param {string} signIn */
export function signInAddress(signIn) {
  return `${signIn}?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
}

/** @param {BoardState["session"]} session */
function taskInAddress(session) {
  const number = numberInAddress();
  if (number !== null) return session.taskNumbered(Number(number)) ?? null;
  return new URLSearchParams(location.search).get("task");
}

/** What stands after `#task-`, a number or not; null when the address names no card so. */
function numberInAddress() {
  return /^#task-(.*)$/.exec(location.hash)?.[1] ?? null;
}
