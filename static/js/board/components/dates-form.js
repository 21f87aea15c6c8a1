import { html } from "htm/preact";
import { useId } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { fromInputs, fullDate, toInputs } from "../dates.js";
import { DueBadge } from "./due-badge.js";
import { Icon } from "./icon.js";

/**
 * @import { TargetedEvent } from "preact"
 * @import { Task } from "../types.js"
 *
 * @typedef {{task: Task, field: "start_at"|"due_at", label: string, timeLabel: string, clearLabel: string,
 *   defaultTime: string}} FieldProps
 */

/**
 * Edit start and due date; every change is saved at once.
 *
 * @param {{task: Task, editable: boolean}} props
 */
export function DatesForm({ task, editable }) {
  if (!editable) return html`<${ReadDates} task=${task} />`;
  return html`<div class="dates">
    <${DateField} task=${task} field="start_at" label=${t("Start")} timeLabel=${t("Start time")}
      clearLabel=${t("Clear Start")} defaultTime="09:00" />
    <${DateField} task=${task} field="due_at" label=${t("Due")} timeLabel=${t("Due time")}
      clearLabel=${t("Clear Due")} defaultTime="17:00" />
    <${DueBadge} task=${task} />
  </div>`;
}

/** @param {FieldProps} props */
function DateField({ task, field, label, timeLabel, clearLabel, defaultTime }) {
  const { session } = useBoard();
  const id = useId();
  const { date, time } = toInputs(task[field]);
  const save = (/** @type {string} */ day, /** @type {string} */ hour) => {
    const value = fromInputs(day, hour);
    if (value !== task[field]) session.commands.editTask(task.id, { [field]: value });
  };
  const setDate = (/** @type {TargetedEvent<HTMLInputElement>} */ { currentTarget }) => {
    if (currentTarget.validity.valid) save(currentTarget.value, time || defaultTime);
  };
  const setTime = (/** @type {TargetedEvent<HTMLInputElement>} */ { currentTarget }) =>
    save(date, currentTarget.value || defaultTime);
  return html`<div class="dates__row">
    <label for=${id}>${label}</label>
    <input class="input" id=${id} type="date" value=${date} min="1970-01-01" max="9999-12-31" onChange=${setDate} />
    ${date && html`<input class="input" type="time" aria-label=${timeLabel} value=${time} onChange=${setTime} />`}
    ${
      date &&
      html`<button type="button" class="button button--quiet button--icon button--small"
        aria-label=${clearLabel} onClick=${() => save("", "")}><${Icon} name="close" small=${true} /></button>`
    }
  </div>`;
}

/** @param {{task: Task}} props */
function ReadDates({ task }) {
  if (!task.start_at && !task.due_at) return html`<span class="muted">${t("None")}</span>`;
  return html`${task.start_at && html`<p>${t("Start: {date}", { date: fullDate(task.start_at) })}</p>`}
  ${task.due_at && html`<p>${t("Due: {date}", { date: fullDate(task.due_at) })}</p>`}`;
}
