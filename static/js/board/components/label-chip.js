import { html } from "htm/preact";
import { LABEL_COLORS } from "../colors.js";

/** A label: its colour and its name, so that colour is never the only sign. */
export function LabelChip({ label }) {
  const color = LABEL_COLORS.includes(label.color) ? label.color : "gray";
  return html`<span class="chip" title=${label.name}
    data-color=${color}><span class="chip__name" dir="auto">${label.name || html`<span class="visually-hidden">${color}</span>`}</span></span>`;
}
