import { html } from "htm/preact";

/** A symbol of the sprite; decorative, so the control around it carries the name. */
export function Icon({ name, small }) {
  return html`<svg class=${small ? "icon icon--small" : "icon"} aria-hidden="true"><use
    href=${`#icon-${name}`} /></svg>`;
}
