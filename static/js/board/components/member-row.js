import { html } from "htm/preact";
import { formatList, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";
import { IconButton } from "./icon-button.js";
import { RoleSelect, roleWord } from "./role-select.js";

/** @import { Member, Role, Team } from "../types.js" */

/**
 * Show one person on the board; owners change their role or remove them, everybody may leave.
 *
 * @param {{member: Member, here: boolean}} props
 */
export function MemberRow({ member, here }) {
  const { session, screen, me } = useBoard();
  const { user_id: id, name } = member;
  const isMe = id === me.id;
  const byTeam = member.direct_role === null;
  const remove = async () => {
    const leave = {
      title: t("Leave this board?"),
      text: t("You will need an invitation to come back."),
      yes: t("Leave"),
    };
    const removal = {
      title: t("Remove {name}?", { name }),
      text: t("They lose access at once."),
      yes: t("Remove"),
    };
    if (await screen.confirm(isMe ? leave : removal)) session.commands.removeMember(id);
  };
  return html`<li class="rows__row">
    <${Avatar} person=${member} here=${here} />
    <p class="rows__what"><bdi>${name}</bdi>${isMe && html` <span class="badge">${t("you")}</span>`}
      <small>${[member.email, describeTeams(session.teams.value, member)].filter(Boolean).join(" · ")}</small></p>
    ${
      screen.isOwner.value
        ? html`<${RoleSelect} value=${member.role} label=${t("Role of {name}", { name })}
            onChange=${(/** @type {Role} */ role) => session.commands.setMemberRole(id, role)} />`
        : html`<span class="badge">${roleWord(member.role)}</span>`
    }
    ${
      !byTeam &&
      (screen.isOwner.value || isMe) &&
      html`<${IconButton} icon=${isMe ? "exit" : "close"} onClick=${remove}
        label=${isMe ? t("Leave this board") : t("Remove {name}", { name })} />`
    }
  </li>`;
}

/** Say which teams somebody is on the board by. @param {Team[]} teams @param {Member} member */
function describeTeams(teams, member) {
  const ids = new Set(member.team_ids);
  const names = teams.filter((team) => ids.has(team.id)).map((team) => team.name);
  return names.length ? t("by {teams}", { teams: formatList(names, "unit") }) : "";
}
