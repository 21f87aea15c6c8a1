import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { QuietButton } from "./quiet-button.js";
import { RoleSelect } from "./roles.js";

/** One person on the board; owners change their role or remove them, everybody may leave. */
export function MemberRow({ member, here }) {
  const { session, screen, me } = useBoard();
  const isMe = member.user_id === me.id;
  const byTeam = member.direct_role === null;
  const remove = async () => {
    const title = isMe ? "Leave this board?" : `Remove ${member.name}?`;
    const text = isMe ? "You will need an invitation to come back." : "They lose access at once.";
    if (await screen.confirm({ title, text, yes: isMe ? "Leave" : "Remove" }))
      session.commands.removeMember(member.user_id);
  };
  return html`<li class="rows__row">
    <${Avatar} person=${member} here=${here} />
    <p class="rows__what"><bdi>${member.name}</bdi>${isMe && html` <span class="badge">you</span>`}
      <small>${[member.email, teamsOf(session, member)].filter(Boolean).join(" · ")}</small></p>
    ${
      screen.isOwner.value
        ? html`<${RoleSelect} value=${member.role} label=${`Role of ${member.name}`}
          onChange=${(role) => session.commands.setMemberRole(member.user_id, role)} />`
        : html`<span class="badge">${member.role}</span>`
    }
    ${
      !byTeam &&
      (screen.isOwner.value || isMe) &&
      html`<${QuietButton} icon=${isMe ? "exit" : "close"} label=${isMe ? "Leave this board" : `Remove ${member.name}`}
        onClick=${remove} />`
    }
  </li>`;
}

function teamsOf(session, member) {
  const ids = new Set(member.team_ids ?? []);
  const names = session.teams.value.filter((team) => ids.has(team.id)).map((team) => team.name);
  return names.length ? `by ${names.join(", ")}` : "";
}
