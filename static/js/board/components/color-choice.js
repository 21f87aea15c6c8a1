import { html } from "htm/preact";
import { LABEL_COLORS } from "../colors.js";
import { Popover } from "./popover.js";

/** A swatch that opens the ten label colours. */
export function ColorChoice({ value, label, onChange }) {
  const swatch = html`<span class="swatch" data-color=${value}></span>`;
  return html`<${Popover} label=${label} text=${html`${swatch}<span class="visually-hidden">${label}: ${value}</span>`}
    kind="button button--quiet button--icon" panel="menu menu--swatches">
    ${(close) =>
      LABEL_COLORS.map(
        (color) => html`<button type="button" class="swatch-button" aria-label=${color} aria-pressed=${color === value}
          onClick=${() => (close(), onChange(color))}><span class="swatch" data-color=${color}></span></button>`,
      )}
  <//>`;
}
