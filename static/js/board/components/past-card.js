import { html } from "htm/preact";
import { valuesOf } from "../../lib/collections.js";
import { formatList, rich, t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { Avatar } from "./avatar.js";
import { LabelChip } from "./label-chip.js";
import { Modal } from "./modal.js";

/** @import { Task } from "../types.js" */

/** Show a card as it was: what the board showed of it. */
export function PastCard() {
  const { session, screen } = useBoard();
  const task = screen.openTask.value ? session.task(screen.openTask.value).value : undefined;
  if (!task) return null;
  const close = () => {
    screen.openTask.value = null;
  };
  const labels = valuesOf(screen.labelsById.value, task.label_ids);
  const people = valuesOf(screen.membersById.value, task.assignee_ids);
  const column = html`<bdi>${session.column(task.column_id).value?.title}</bdi>`;
  const details = describeDetails(task);
  return html`<${Modal} kind="modal--small" label=${task.title} onClose=${close}>
    <div class="modal__body stack">
      <p class="muted">${rich("#{number} in {column}, as it was", { number: `${task.number}`, column })}</p>
      ${labels.length > 0 && html`<p class="row">${labels.map((label) => html`<${LabelChip} label=${label} />`)}</p>`}
      ${
        people.length > 0 &&
        html`<p class="row">${people.map((one) => html`<${Avatar} person=${one} /><bdi>${one.name}</bdi>`)}</p>`
      }
      ${task.due_at && html`<p>${t("Due {date}", { date: fullDate(task.due_at) })}</p>`}
      ${task.completed_at && html`<p>${t("Done on {date}", { date: fullDate(task.completed_at) })}</p>`}
      ${
        details.length > 0 &&
        html`<p class="muted">${t("With {details}", { details: formatList(details, "unit") })}</p>`
      }
    </div>
  <//>`;
}

/** @param {Task} task @returns {string[]} */
function describeDetails(task) {
  const {
    comment_count: comments,
    checklist_total: total,
    checklist_done: done,
    attachment_count: files,
  } = task;
  return [
    comments > 0 && tn("{count} comment", "{count} comments", comments),
    total > 0 &&
      tn("{done} of {count} checklist item done", "{done} of {count} checklist items done", total, { done }),
    files > 0 && tn("{count} attachment", "{count} attachments", files),
    task.has_description && t("a description"),
  ].filter((text) => text !== false);
}
