import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { TransferOwnership } from "./transfer-ownership.js";
import { Invitations } from "./invitations.js";
import { InviteForm } from "./invite-form.js";
import { MemberRow } from "./member-row.js";
import { PublicLink } from "./public-link.js";
import { Teams } from "./teams.js";
import { useQuery } from "./use-query.js";

/** List who is on the board and what they may do; for owners, offer every way to let others in. */
export function MembersSheet() {
  const { session, screen } = useBoard();
  const here = new Set(session.presence.value.map((person) => person.user));
  const isOwner = screen.isOwner.value;
  return html`
    ${isOwner && html`<${InviteForm} />`}
    <section class="share" aria-label=${t("People")}>
      ${isOwner && html`<h3>${t("People")}</h3>`}
      <ul class="rows" role="list">
        ${session.members.value.map(
          (member) => html`<${MemberRow} key=${member.user_id} member=${member}
          here=${here.has(member.user_id)} />`,
        )}
      </ul>
    </section>
    <${Teams} />
    ${isOwner && html`<${Links} /><${TransferOwnership} />`}`;
}

/** Show invitations and the public link, which only the server knows: fetched when the panel opens. */
function Links() {
  const { value, failed, again } = useQuery((sharing) => sharing.read());
  if (!value)
    return (
      failed &&
      html`<p class="muted" role="status">${t("Invitations and the public link can't be loaded right now.")}</p>`
    );
  return html`<${Invitations} open=${value.invitations} again=${again} />
    ${value.public_links && html`<${PublicLink} link=${value.public_link} again=${again} />`}`;
}
