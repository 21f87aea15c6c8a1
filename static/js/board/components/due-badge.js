import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { dueState, fullDate, shortDate } from "../dates.js";
import { Icon } from "./icon.js";

/** @typedef {"done"|"overdue"|"today"|"soon"|"later"} State */

/**
 * Show when a card is due, in words as well as in colour.
 *
 * @param {{task: import("../types.js").Task}} props
 */
export function DueBadge({ task }) {
  const { screen } = useBoard();
  const now = screen.now.value;
  const state = dueState(task, now);
  if (state === "none" || !task.due_at)
    return task.completed_at
      ? html`<span class="due due--done"><${Icon} name="done" small=${true} />${t("Done")}<span
          class="visually-hidden">, </span></span>`
      : null;
  const date = state === "today" ? t("Today") : shortDate(task.due_at, now);
  const icon = state === "done" ? "done" : state === "overdue" ? "warning" : "clock";
  return html`<time class=${`due due--${state}`} datetime=${task.due_at} title=${describe(state, fullDate(task.due_at))}>
    <${Icon} name=${icon} small=${true} /><span class="visually-hidden">${beforeDate(state)} </span>${date}<span
      class="visually-hidden">, </span>
  </time>`;
}

/** @param {State} state @param {string} date */
function describe(state, date) {
  if (state === "done") return t("Done, was due {date}", { date });
  if (state === "overdue") return t("Overdue since {date}", { date });
  return state === "today" ? t("Due today {date}", { date }) : t("Due {date}", { date });
}

/** Return what a screen reader says before the date. @param {State} state */
function beforeDate(state) {
  if (state === "done") return t("Done, was due");
  return state === "overdue" ? t("Overdue since") : t("Due");
}
