import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { CopyButton } from "./copy-button.js";

/**
 * Show two texts side by side, each whole and ready to be copied.
 *
 * @param {{mine: string, theirs: string, who: string|null}} props `who`: who wrote the other, if that is known
 */
export function Compare({ mine, theirs, who }) {
  return html`<div class="compare">
    <${Side} title=${t("You wrote")} text=${mine} />
    <${Side} title=${who === null ? t("They wrote") : t("{name} wrote", { name: who })} text=${theirs} />
  </div>`;
}

/** @param {{title: string, text: string}} props */
function Side({ title, text }) {
  return html`<section class="compare__side" aria-label=${title}>
    <div class="compare__head">${title}<${CopyButton} text=${text} label=${t("Copy: {title}", { title })} /></div>
    <pre class="compare__text" dir="auto" tabindex="0">${text || html`<i>${t("empty")}</i>`}</pre>
  </section>`;
}
