import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { dueState, fullDate, shortDate } from "../dates.js";
import { Icon } from "./icon.js";

const SPOKEN = { done: "Done, was due", overdue: "Overdue since", today: "Due", soon: "Due", later: "Due" };
const WORDS = { done: "Done, was due", overdue: "Overdue since", today: "Due today", soon: "Due", later: "Due" };

/** When a card is due, in words as well as in colour. */
export function DueBadge({ task }) {
  const { screen } = useBoard();
  const now = screen.now.value;
  const state = dueState(task, now);
  if (state === "none")
    return task.completed_at
      ? html`<span class="due due--done"><${Icon} name="done" small=${true} />Done<span
          class="visually-hidden">, </span></span>`
      : null;
  const date = state === "today" ? "Today" : shortDate(task.due_at, now);
  return html`<time class=${`due due--${state}`} datetime=${task.due_at}
    title=${`${WORDS[state]} ${fullDate(task.due_at)}`}>
    <${Icon} name=${{ done: "done", overdue: "warning" }[state] ?? "clock"} small=${true} /><span
      class="visually-hidden">${SPOKEN[state]} </span>${date}<span class="visually-hidden">, </span>
  </time>`;
}
