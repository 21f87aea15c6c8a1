import { html } from "htm/preact";
import { LABEL_COLORS } from "../colors.js";
import { colorName } from "./color-names.js";

/**
 * Show a label: its colour and its name, so that colour is never the only sign.
 *
 * @param {{label: {name: string, color: string}}} props
 */
export function LabelChip({ label }) {
  const color = LABEL_COLORS.includes(label.color) ? label.color : "gray";
  const name = label.name || html`<span class="visually-hidden">${colorName(color)}</span>`;
  return html`<span class="chip" title=${label.name}
    data-color=${color}><span class="chip__name" dir="auto">${name}</span></span>`;
}
