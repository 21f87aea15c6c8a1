import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { HandOver } from "./hand-over.js";
import { InviteForm } from "./invite-form.js";
import { Invitations } from "./invitations.js";
import { MemberRow } from "./member-row.js";
import { PublicLink } from "./public-link.js";
import { Teams } from "./teams.js";
import { useAsked } from "./use-asked.js";

/** Who is on the board and what they may do; for owners, every way to let others in. */
export function MembersSheet() {
  const { session, screen } = useBoard();
  const here = new Set(session.presence.value.map((person) => person.user));
  const isOwner = screen.isOwner.value;
  return html`
    ${isOwner && html`<${InviteForm} />`}
    <section class="share" aria-label="People">
      ${isOwner && html`<h3>People</h3>`}
      <ul class="rows" role="list">
        ${session.members.value.map((member) => html`<${MemberRow} key=${member.user_id} member=${member}
          here=${here.has(member.user_id)} />`)}
      </ul>
    </section>
    <${Teams} />
    ${isOwner && html`<${Links} /><${HandOver} />`}`;
}

/** What the server alone knows of: asked for when the panel opens. */
function Links() {
  const { value, failed, again } = useAsked((sharing) => sharing.read());
  if (!value) return failed && html`<p class="muted" role="status">Invitations and the public link can't be loaded right now.</p>`;
  return html`<${Invitations} open=${value.invitations} again=${again} />
    ${value.public_links && html`<${PublicLink} link=${value.public_link} again=${again} />`}`;
}
