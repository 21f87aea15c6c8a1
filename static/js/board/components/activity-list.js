import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { useBoard } from "../context.js";
import { ActivityEntry } from "./activity-entry.js";

/** What happened on the board, or to one card: newest first, growing as it happens, older pages on demand. */
export function ActivityList({ taskId = null }) {
  const { session, screen } = useBoard();
  const feed = useMemo(() => session.history.activity(taskId), [taskId]);
  useEffect(() => feed.close, [feed]);
  const [items, state, seen] = [feed.items.value, feed.state.value, taskId ? null : screen.seen.value];
  const firstSeen = seen === null ? -1 : items.findIndex(({ seq }) => seq <= seen);
  return html`
    ${state === "ready" && items.length === 0 && html`<p class="muted">Nothing has happened yet.</p>`}
    <ol role="list" class="activity">
      ${items.flatMap((entry, index) => [
        index === firstSeen && index > 0 && html`<li key="seen" class="activity__seen">New since your last visit ↑</li>`,
        html`<${ActivityEntry} key=${entry.seq} entry=${entry} withTask=${!taskId} />`,
      ])}
    </ol>
    <${State} feed=${feed} state=${state} />`;
}

function State({ feed, state }) {
  if (state === "loading") return html`<p class="skeleton" role="status" aria-label="Loading"></p>`;
  if (state === "failed") {
    return html`<p class="row" role="status"><span class="muted">This can't be loaded right now.</span>
      <button type="button" class="button button--small" onClick=${feed.load}>Try again</button></p>`;
  }
  return (
    feed.hasMore.value &&
    html`<button type="button" class="button button--small" onClick=${feed.more}>Show earlier</button>`
  );
}
