import { html } from "htm/preact";
import { CopyButton } from "./copy-button.js";

/** An address to pass on: readable, selectable, copied by a button. */
export function CopyField({ label, text }) {
  return html`<div class="copy-field">
    <input class="input" readonly value=${text} aria-label=${label} onFocus=${(event) => event.target.select()} />
    <${CopyButton} text=${text} label=${`Copy: ${label}`} kind="button" />
  </div>`;
}
