import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { InviteForm } from "./invite-form.js";

const ROLES = [
  ["owner", "Owner"],
  ["editor", "Editor"],
  ["commenter", "Commenter"],
  ["viewer", "Viewer"],
];

/** Who is on the board and what they may do. */
export function MembersSheet() {
  const { session, screen } = useBoard();
  const here = new Set(session.presence.value.map((person) => person.user));
  return html`
    ${screen.isOwner.value && html`<${InviteForm} roles=${ROLES} />`}
    <ul class="rows">
      ${session.members.value.map((member) => html`<${MemberRow} key=${member.user_id} member=${member}
        here=${here.has(member.user_id)} />`)}
    </ul>`;
}

function MemberRow({ member, here }) {
  const { session, screen, me } = useBoard();
  const isMe = member.user_id === me.id;
  const change = (event) => session.commands.setMemberRole(member.user_id, event.target.value);
  const remove = async () => {
    const title = isMe ? "Leave this board?" : `Remove ${member.name}?`;
    const text = isMe ? "You will need an invitation to come back." : "They lose access at once.";
    if (await screen.confirm({ title, text, yes: isMe ? "Leave" : "Remove" }))
      session.commands.removeMember(member.user_id);
  };
  return html`<li class="rows__row">
    <${Avatar} person=${member} here=${here} />
    <p class="rows__what">${member.name}${isMe && html` <span class="badge">you</span>`}<small>${member.email}</small></p>
    ${
      screen.isOwner.value
        ? html`<select class="input input--role" value=${member.role} aria-label=${`Role of ${member.name}`}
          onChange=${change}>
          ${ROLES.map(([role, word]) => html`<option value=${role}>${word}</option>`)}
        </select>`
        : html`<span class="badge">${member.role}</span>`
    }
    ${
      (screen.isOwner.value || isMe) &&
      html`<button type="button" class="button button--quiet button--small"
        onClick=${remove}>${isMe ? "Leave" : "Remove"}</button>`
    }
  </li>`;
}
