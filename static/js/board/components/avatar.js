import { html } from "htm/preact";
import { initials, inkOn } from "../colors.js";

/**
 * Show a person's picture or initials.
 *
 * @param {{person: {name: string, color: string, avatar_url?: string|null}, size?: ""|"small", here?: boolean,
 *   title?: string}} props `here` draws the ring of who has the board open
 */
export function Avatar({ person, size = "", here = false, title }) {
  const colors = { "--avatar-color": person.color, "--avatar-ink": inkOn(person.color) };
  const kinds = ["avatar", size && `avatar--${size}`, here && "avatar--here"].filter(Boolean).join(" ");
  const name = title ?? person.name;
  return html`<span class=${kinds} style=${colors} title=${name} role="img" aria-label=${name}>
    ${person.avatar_url ? html`<img src=${person.avatar_url} alt="" loading="lazy" />` : initials(person.name)}
  </span>`;
}
