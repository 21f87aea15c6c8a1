import { html } from "htm/preact";

/**
 * Say what the lines of a field would make, and what doesn't fit.
 *
 * @param {{found: ReturnType<typeof import("../lines.js").readLines>}} props
 */
export function LinesHint({ found }) {
  return html`
    ${found.hint && html`<span class="lines-hint" role="status">${found.hint}</span>`}
    ${found.problem && html`<span class="lines-hint field__error" role="alert">${found.problem}</span>`}`;
}
