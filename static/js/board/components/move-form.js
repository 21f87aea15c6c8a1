import { html } from "htm/preact";
import { useId, useState } from "preact/hooks";
import { formValues, withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { moveToIndex } from "../moves.js";

/**
 * Move a task to a column and a place in it, with no dragging.
 *
 * @param {{task: import("../types.js").Task, onDone?: () => void}} props
 */
export function MoveForm({ task, onDone }) {
  const board = useBoard();
  const { session } = board;
  const id = useId();
  const [columnId, setColumnId] = useState(task.column_id);
  const count = session.taskIds(columnId).value.filter((other) => other !== task.id).length + 1;
  const here = columnId === task.column_id ? session.taskIds(columnId).value.indexOf(task.id) : count - 1;
  const move = (/** @type {Event} */ event) => {
    event.preventDefault();
    moveToIndex(board, task.id, { columnId, index: Number(formValues(event).place) });
    onDone?.();
  };
  return html`<form class="menu__form" onSubmit=${move}>
    <label class="visually-hidden" for=${`${id}c`}>${t("Column")}</label>
    <select class="input grow" id=${`${id}c`} value=${columnId} onChange=${withValue(setColumnId)}>
      ${session.columnIds.value.map(
        (one) => html`<option key=${one} dir="auto"
        value=${one}>${session.column(one).value?.title}</option>`,
      )}
    </select>
    <label class="visually-hidden" for=${`${id}p`}>${t("Place in the column")}</label>
    <select key=${columnId} class="input input--count" id=${`${id}p`} name="place">
      ${Array.from(
        { length: count },
        (_, index) => html`<option value=${index}
        selected=${index === here}>${index + 1}</option>`,
      )}
    </select>
    <button class="button button--small" type="submit">${t("Move")}</button>
  </form>`;
}
