import { html } from "htm/preact";

/** What the lines of a box would make, and what doesn't fit; `found` is what `readLines` answers. */
export function LinesHint({ found }) {
  return html`
    ${found.hint && html`<span class="lines-hint" role="status">${found.hint}</span>`}
    ${found.problem && html`<span class="lines-hint field__error" role="alert">${found.problem}</span>`}`;
}
