import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { CopyButton } from "./copy-button.js";

/**
 * Show an address to pass on: readable, selectable, copied by a button.
 *
 * @param {{label: string, text: string}} props
 */
export function CopyField({ label, text }) {
  const select = (/** @type {import("preact").TargetedFocusEvent<HTMLInputElement>} */ event) =>
    event.currentTarget.select();
  return html`<div class="copy-field">
    <input class="input" readonly value=${text} aria-label=${label} onFocus=${select} />
    <${CopyButton} text=${text} label=${t("Copy: {title}", { title: label })} kind="button" />
  </div>`;
}
