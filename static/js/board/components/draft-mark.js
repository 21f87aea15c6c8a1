import { html } from "htm/preact";

/** On the button of a box in which something has been typed and not sent. */
export function DraftMark() {
  return html` <span class="badge">Draft</span>`;
}
