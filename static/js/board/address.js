/** The open task in the address bar: `?task=<id>`, or `#task-12` from a message. */

/** Keeps `screen.openTask` and the address the same, both ways. Answers a function that stops. */
export function followAddress({ session, screen }) {
  const read = () => (screen.openTask.value = taskInAddress(session));
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

function taskInAddress(session) {
  const numbered = /^#task-(\d+)$/.exec(location.hash);
  if (numbered) return session.taskNumbered(Number(numbered[1])) ?? null;
  return new URLSearchParams(location.search).get("task");
}
