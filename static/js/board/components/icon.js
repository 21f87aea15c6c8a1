import { html } from "htm/preact";
import { useBoard } from "../context.js";

/** A symbol of static/img/icons.svg; decorative, so the control around it carries the name. */
export function Icon({ name, small }) {
  const { icons } = useBoard();
  return html`<svg class=${small ? "icon icon--small" : "icon"} aria-hidden="true"><use href=${`${icons}#${name}`} /></svg>`;
}
