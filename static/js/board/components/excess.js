import { html } from "htm/preact";
import { sayExcess } from "../../lib/length.js";

/** What is too long about a text, if anything. */
export function Excess({ text, limit }) {
  const says = sayExcess(text, limit);
  return says && html`<span class="field__error" role="alert">${says}</span>`;
}
