import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";

const SHOWN = 5;

/** The board's members; those with the board open are ringed and come first. Opens the members sheet. */
export function Presence() {
  const { session, screen, me } = useBoard();
  const here = new Set(session.presence.value.map((person) => person.user).concat(me.id));
  const members = session.members.value.toSorted((a, b) => here.has(b.user_id) - here.has(a.user_id));
  const rest = members.length - SHOWN;
  const names = members.filter((member) => here.has(member.user_id)).map((member) => member.name);
  const label = `Members (${members.length}). Here now: ${names.join(", ") || "only you"}`;
  return html`<button type="button" class="presence" aria-label=${label} title=${label}
    onClick=${() => (screen.sheet.value = "members")}>
    <span class="avatar-stack" aria-hidden="true">
      ${members.slice(0, SHOWN).map((member) => html`<${Avatar} key=${member.user_id} person=${member} size="small"
        here=${here.has(member.user_id)} />`)}
      ${rest > 0 && html`<span class="avatar avatar--small">+${rest}</span>`}
    </span>
  </button>`;
}
