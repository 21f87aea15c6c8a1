import { html } from "htm/preact";
import { sayExcess } from "../../lib/length.js";

/**
 * Say by how much a text is too long, if it is.
 *
 * @param {{text: string, limit: number}} props `limit` in code points
 */
export function TooLong({ text, limit }) {
  const message = sayExcess(text, limit);
  return message && html`<span class="field__error" role="alert">${message}</span>`;
}
