import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { countOf } from "../wording.js";
import { Avatar } from "./avatar.js";
import { DueBadge } from "./due-badge.js";
import { Icon } from "./icon.js";

/** The last line of a card: number, due date, counters, assignees. */
export function CardBadges({ task }) {
  const checked = task.checklist_total > 0 && task.checklist_done === task.checklist_total;
  return html`<span class="card__foot">
    <span class="card__number number">${task.number === null ? "#…" : `#${task.number}`}</span><span
      class="visually-hidden">, </span>
    <${DueBadge} task=${task} />
    ${task.has_description && html`<${Count} icon="text" words="Has a description" />`}
    ${
      task.checklist_total > 0 &&
      html`<${Count} icon="checklist" done=${checked} number=${`${task.checklist_done}/${task.checklist_total}`}
        words=${`${task.checklist_done} of ${countOf(task.checklist_total, "checklist item")} done`} />`
    }
    ${task.comment_count > 0 && html`<${Count} icon="comment" number=${task.comment_count}
      words=${countOf(task.comment_count, "comment")} />`}
    ${task.attachment_count > 0 && html`<${Count} icon="clip" number=${task.attachment_count}
      words=${countOf(task.attachment_count, "attachment")} />`}
    <${Assignees} ids=${task.assignee_ids} />
  </span>`;
}

function Count({ icon, number, words, done }) {
  return html`<span class=${done ? "card__count card__count--done" : "card__count"} title=${words}>
    <${Icon} name=${icon} small=${true} /><span class="number" aria-hidden="true">${number}</span><span
      class="visually-hidden">${words}, </span>
  </span>`;
}

function Assignees({ ids }) {
  const { screen } = useBoard();
  const members = ids.map((id) => screen.membersById.value.get(id)).filter(Boolean);
  if (!members.length) return null;
  return html`<span class="avatar-stack card__people"><span class="visually-hidden">assigned to </span>
    ${members.slice(0, 3).map((member) => html`<${Avatar} key=${member.user_id} person=${member} size="small" />`)}
    ${members.length > 3 && html`<span class="avatar avatar--small">+${members.length - 3}<span
      class="visually-hidden"> more</span></span>`}
  </span>`;
}
