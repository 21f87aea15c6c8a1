import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { Popover } from "./popover.js";

/** Who works on a card, and the panel to change it. */
export function MemberPicker({ task, editable }) {
  const { session, screen, me } = useBoard();
  const assigned = task.assignee_ids.map((id) => screen.membersById.value.get(id)).filter(Boolean);
  const toggle = (id, on) => session.commands[on ? "assign" : "unassign"](task.id, id);
  const meFirst = session.members.value.toSorted((a, b) => (b.user_id === me.id) - (a.user_id === me.id));
  return html`<div class="chips">
    ${assigned.map((member) => html`<span key=${member.user_id} class="person"><${Avatar} person=${member}
      size="small" /><bdi>${member.name}</bdi></span>`)}
    ${assigned.length === 0 && !editable && html`<span class="muted">Nobody</span>`}
    ${
      editable &&
      html`<${Popover} label="Assignees" icon="plus" text=${assigned.length ? "" : "Assign"}
        kind="button button--quiet button--small chips__add" panel="menu menu--wide">
      ${() => html`
        <p class="menu__title">Assignees</p>
        ${meFirst.map(
          (member) => html`<label key=${member.user_id} class="menu__item">
            <input type="checkbox" checked=${task.assignee_ids.includes(member.user_id)}
              onChange=${(event) => toggle(member.user_id, event.target.checked)} />
            <${Avatar} person=${member} size="small" /><span
              class="grow"><bdi>${member.name}</bdi>${member.user_id === me.id ? " (you)" : ""}</span>
          </label>`,
        )}`}
    <//>`
    }
  </div>`;
}
