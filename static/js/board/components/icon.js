import { html } from "htm/preact";

/**
 * Draw a symbol of the sprite; decorative, so the control around it carries the name.
 *
 * @param {{name: string, small?: boolean}} props
 */
export function Icon({ name, small }) {
  return html`<svg class=${small ? "icon icon--small" : "icon"} aria-hidden="true"><use
    href=${`#icon-${name}`} /></svg>`;
}
