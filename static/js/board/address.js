/** The open task in the address bar: `?task=<id>`, or `#task-12` from a message. */

/** Keeps `screen.openTask` and the address the same, both ways. Answers a function that stops. */
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

export function addressOf(taskId) {
  const url = new URL(location.href);
  url.hash = "";
  if (taskId) url.searchParams.set("task", taskId);
  else url.searchParams.delete("task");
  return url.pathname + url.search;
}

/** Where to sign in so that one comes back to what is on the screen. */
export function signInAddress(signIn) {
  return `${signIn}?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
}

function taskInAddress(session) {
  const number = numberInAddress();
  if (number !== null) return session.taskNumbered(Number(number)) ?? null;
  return new URLSearchParams(location.search).get("task");
}

/** What stands after `#task-`, a number or not; null when the address names no card so. */
function numberInAddress() {
  return /^#task-(.*)$/.exec(location.hash)?.[1] ?? null;
}
