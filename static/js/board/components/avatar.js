import { html } from "htm/preact";
import { initials, inkOn } from "../colors.js";

/** A person's picture or initials. `here` draws the presence ring. */
export function Avatar({ person, size = "", here = false, title = person.name }) {
  const colors = { "--avatar-color": person.color, "--avatar-ink": inkOn(person.color) };
  const kinds = ["avatar", size && `avatar--${size}`, here && "avatar--here"].filter(Boolean).join(" ");
  return html`<span class=${kinds} style=${colors} title=${title} role="img" aria-label=${title}>
    ${person.avatar_url ? html`<img src=${person.avatar_url} alt="" loading="lazy" />` : initials(person.name)}
  </span>`;
}
