import { html } from "htm/preact";
import { useId } from "preact/hooks";
import { useBoard } from "../context.js";
import { fromInputs, fullDate, toInputs } from "../dates.js";
import { DueBadge } from "./due-badge.js";
import { Icon } from "./icon.js";

const END_OF_WORK = "17:00";

/** Start and due date; every change is saved at once. */
export function DatesForm({ task, editable }) {
  if (!editable) return html`<${ReadDates} task=${task} />`;
  return html`<div class="dates">
    <${DateField} task=${task} field="start_at" label="Start" usual="09:00" />
    <${DateField} task=${task} field="due_at" label="Due" usual=${END_OF_WORK} />
    <${DueBadge} task=${task} />
  </div>`;
}

function DateField({ task, field, label, usual }) {
  const { session } = useBoard();
  const id = useId();
  const { date, time } = toInputs(task[field]);
  const save = (day, hour) => {
    const value = fromInputs(day, hour);
    if (value !== task[field]) session.commands.editTask(task.id, { [field]: value });
  };
  return html`<div class="dates__row">
    <label for=${id}>${label}</label>
    <input class="input" id=${id} type="date" value=${date} min="1970-01-01" max="9999-12-31"
      onChange=${(event) => event.target.validity.valid && save(event.target.value, time || usual)} />
    ${date && html`<input class="input" type="time" aria-label=${`${label} time`} value=${time}
      onChange=${(event) => save(date, event.target.value || usual)} />`}
    ${date && html`<button type="button" class="button button--quiet button--icon button--small"
      aria-label=${`Clear ${label}`} onClick=${() => save("", "")}><${Icon} name="close" small=${true} /></button>`}
  </div>`;
}

function ReadDates({ task }) {
  if (!task.start_at && !task.due_at) return html`<span class="muted">None</span>`;
  return html`${task.start_at && html`<p>Start: ${fullDate(task.start_at)}</p>`}
  ${task.due_at && html`<p>Due: ${fullDate(task.due_at)}</p>`}`;
}
