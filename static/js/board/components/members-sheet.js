import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { HandOver } from "./hand-over.js";
import { InviteForm } from "./invite-form.js";
import { Invitations } from "./invitations.js";
import { MemberRow } from "./member-row.js";
import { PublicLink } from "./public-link.js";
import { Teams } from "./teams.js";

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
    ${isOwner && html`<${Invitations} /><${PublicLink} /><${HandOver} />`}`;
}
