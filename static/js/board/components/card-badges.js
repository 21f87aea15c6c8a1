import { html } from "htm/preact";
import { valuesOf } from "../../lib/collections.js";
import { t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { DueBadge } from "./due-badge.js";
import { Icon } from "./icon.js";

/**
 * Show the last line of a card: number, due date, counters, assignees.
 *
 * @param {{task: import("../types.js").Task}} props
 */
export function CardBadges({ task }) {
  const {
    checklist_done: done,
    checklist_total: total,
    comment_count: comments,
    attachment_count: files,
  } = task;
  return html`<span class="card__foot">
    <span class="card__number number">${task.number === null ? "#…" : `#${task.number}`}</span><span
      class="visually-hidden">, </span>
    <${DueBadge} task=${task} />
    ${task.has_description && html`<${Count} icon="text" words=${t("Has a description")} />`}
    ${
      total > 0 &&
      html`<${Count} icon="checklist" done=${done === total} number=${`${done}/${total}`}
        words=${tn("{done} of {count} checklist item done", "{done} of {count} checklist items done", total, { done })} />`
    }
    ${
      comments > 0 &&
      html`<${Count} icon="comment" number=${comments} words=${tn("{count} comment", "{count} comments", comments)} />`
    }
    ${
      files > 0 &&
      html`<${Count} icon="clip" number=${files} words=${tn("{count} attachment", "{count} attachments", files)} />`
    }
    <${Assignees} ids=${task.assignee_ids} />
  </span>`;
}

/** @param {{icon: string, words: string, number?: string|number, done?: boolean}} props */
function Count({ icon, number, words, done }) {
  return html`<span class=${done ? "card__count card__count--done" : "card__count"} title=${words}>
    <${Icon} name=${icon} small=${true} /><span class="number" aria-hidden="true">${number}</span><span
      class="visually-hidden">${words}, </span>
  </span>`;
}

/** @param {{ids: string[]}} props */
function Assignees({ ids }) {
  const { screen } = useBoard();
  const members = valuesOf(screen.membersById.value, ids);
  const more = members.length - 3;
  if (!members.length) return null;
  return html`<span class="avatar-stack card__people"><span class="visually-hidden">${t("assigned to")} </span>
    ${members.slice(0, 3).map((member) => html`<${Avatar} key=${member.user_id} person=${member} size="small" />`)}
    ${
      more > 0 &&
      html`<span class="avatar avatar--small">+${more}<span class="visually-hidden"> ${t("more")}</span></span>`
    }
  </span>`;
}
