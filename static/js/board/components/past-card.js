import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { Avatar } from "./avatar.js";
import { LabelChip } from "./label-chip.js";
import { Modal } from "./modal.js";

/** A card as it was: what the board showed of it. */
export function PastCard() {
  const { session, screen } = useBoard();
  const task = screen.openTask.value && session.task(screen.openTask.value).value;
  if (!task) return null;
  const close = () => (screen.openTask.value = null);
  const labels = task.label_ids.map((id) => screen.labelsById.value.get(id)).filter(Boolean);
  const people = task.assignee_ids.map((id) => screen.membersById.value.get(id)).filter(Boolean);
  const count = (number, word) => number > 0 && `${number} ${word}${number === 1 ? "" : "s"}`;
  const words = [
    count(task.comment_count, "comment"),
    task.checklist_total > 0 && `${task.checklist_done} of ${task.checklist_total} checklist items done`,
    count(task.attachment_count, "attachment"),
    task.has_description && "a description",
  ];
  return html`<${Modal} kind="modal--small" label=${task.title} onClose=${close}>
    <div class="modal__body stack">
      <p class="muted">#${task.number} in <bdi>${session.column(task.column_id).value?.title}</bdi>, as it was</p>
      ${labels.length > 0 && html`<p class="row">${labels.map((label) => html`<${LabelChip} label=${label} />`)}</p>`}
      ${people.length > 0 && html`<p class="row">${people.map((one) => html`<${Avatar} person=${one} /><bdi>${one.name}</bdi>`)}</p>`}
      ${task.due_at && html`<p>Due ${fullDate(task.due_at)}</p>`}
      ${task.completed_at && html`<p>Done on ${fullDate(task.completed_at)}</p>`}
      ${words.some(Boolean) && html`<p class="muted">With ${words.filter(Boolean).join(", ")}</p>`}
    </div>
  <//>`;
}
