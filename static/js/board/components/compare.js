import { html } from "htm/preact";
import { CopyButton } from "./copy-button.js";

/** Two texts side by side, each whole and ready to be copied. */
export function Compare({ mine, theirs, who }) {
  return html`<div class="compare">
    <${Side} title="You wrote" text=${mine} />
    <${Side} title=${who === "Somebody" ? "They wrote" : `${who} wrote`} text=${theirs} />
  </div>`;
}

function Side({ title, text }) {
  return html`<section class="compare__side" aria-label=${title}>
    <div class="compare__head">${title}<${CopyButton} text=${text} label=${`Copy: ${title}`} /></div>
    <pre class="compare__text" dir="auto" tabindex="0">${text || html`<i>empty</i>`}</pre>
  </section>`;
}
