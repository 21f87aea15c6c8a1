import { html } from "htm/preact";
import { formatList, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";

const SHOWN = 5;

/** Show the board's members; those with the board open are ringed and come first. Opens the members sheet. */
export function Presence() {
  const { session, screen, me } = useBoard();
  const here = new Set([...session.presence.value.map((person) => person.user), me.id]);
  const isHere = (/** @type {{user_id: string}} */ member) => here.has(member.user_id);
  const members = session.members.value.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)));
  const rest = members.length - SHOWN;
  const names = members.filter(isHere).map((member) => member.name);
  const label = t("Members ({total}). Here now: {names}", {
    total: members.length,
    names: formatList(names, "unit") || t("only you"),
  });
  const open = () => {
    screen.sheet.value = "members";
  };
  return html`<button type="button" class="presence" aria-label=${label} title=${label} onClick=${open}>
    <span class="avatar-stack" aria-hidden="true">
      ${members.slice(0, SHOWN).map(
        (member) => html`<${Avatar} key=${member.user_id} person=${member} size="small"
        here=${isHere(member)} />`,
      )}
      ${rest > 0 && html`<span class="avatar avatar--small">+${rest}</span>`}
    </span>
  </button>`;
}
