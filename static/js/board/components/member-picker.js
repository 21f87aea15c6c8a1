import { html } from "htm/preact";
import { valuesOf } from "../../lib/collections.js";
import { withChecked } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { Popover } from "./popover.js";

/**
 * Show who works on a card, and a panel to change it.
 *
 * @param {{task: import("../types.js").Task, editable: boolean}} props
 */
export function MemberPicker({ task, editable }) {
  const { session, screen, me } = useBoard();
  const assigned = valuesOf(screen.membersById.value, task.assignee_ids);
  const toggle = (/** @type {string} */ id, /** @type {boolean} */ on) =>
    session.commands[on ? "assign" : "unassign"](task.id, id);
  const meFirst = session.members.value.toSorted(
    (a, b) => Number(b.user_id === me.id) - Number(a.user_id === me.id),
  );
  const draw = () => html`
    <p class="menu__title">${t("Assignees")}</p>
    ${meFirst.map(
      (member) => html`<label key=${member.user_id} class="menu__item">
        <input type="checkbox" checked=${task.assignee_ids.includes(member.user_id)}
          onChange=${withChecked((on) => toggle(member.user_id, on))} />
        <${Avatar} person=${member} size="small" /><span
          class="grow"><bdi>${member.name}</bdi>${member.user_id === me.id ? ` ${t("(you)")}` : ""}</span>
      </label>`,
    )}`;
  return html`<div class="chips">
    ${assigned.map(
      (member) => html`<span key=${member.user_id} class="person"><${Avatar} person=${member}
      size="small" /><bdi>${member.name}</bdi></span>`,
    )}
    ${assigned.length === 0 && !editable && html`<span class="muted">${t("Nobody")}</span>`}
    ${
      editable &&
      html`<${Popover} label=${t("Assignees")} icon="plus" text=${assigned.length ? "" : t("Assign")}
        kind="button button--quiet button--small chips__add" panel="menu menu--wide">${draw}<//>`
    }
  </div>`;
}
