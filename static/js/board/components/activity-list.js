import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { ActivityEntry } from "./activity-entry.js";

/**
 * List what happened on the board, or to one card: newest first, growing as it happens, older pages on demand.
 *
 * @param {{taskId?: string|null}} props
 */
export function ActivityList({ taskId = null }) {
  const { session, screen } = useBoard();
  const feed = useMemo(() => session.history.activity(taskId), [taskId]);
  useEffect(() => feed.close, [feed]);
  const [items, state, seen] = [feed.items.value, feed.state.value, taskId ? null : screen.seen.value];
  const firstSeen = seen === null ? -1 : items.findIndex(({ seq }) => seq <= seen);
  return html`
    ${state === "ready" && items.length === 0 && html`<p class="muted">${t("Nothing has happened yet.")}</p>`}
    <ol role="list" class="activity">
      ${items.flatMap((entry, index) => [
        index === firstSeen &&
          index > 0 &&
          html`<li key="seen" class="activity__seen">${t("New since your last visit ↑")}</li>`,
        html`<${ActivityEntry} key=${entry.seq} entry=${entry} withTask=${!taskId} />`,
      ])}
    </ol>
    <${FeedState} feed=${feed} />`;
}

/** @param {{feed: ReturnType<import("../history.js").History["activity"]>}} props */
function FeedState({ feed }) {
  const state = feed.state.value;
  if (state === "loading") return html`<p class="skeleton" role="status" aria-label=${t("Loading")}></p>`;
  if (state === "failed") {
    return html`<p class="row" role="status"><span class="muted">${t("This can't be loaded right now.")}</span>
      <button type="button" class="button button--small" onClick=${feed.load}>${t("Try again")}</button></p>`;
  }
  return (
    feed.hasMore.value &&
    html`<button type="button" class="button button--small" onClick=${feed.more}>${t("Show earlier")}</button>`
  );
}
