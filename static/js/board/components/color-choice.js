import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { LABEL_COLORS } from "../colors.js";
import { colorName } from "./color-names.js";
import { Popover } from "./popover.js";

/** @import { Close } from "./popover.js" */

/**
 * Show a swatch that opens the label colours.
 *
 * @param {{value: string, label: string, onChange: (color: string) => void}} props
 */
export function ColorChoice({ value, label, onChange }) {
  const swatch = html`<span class="swatch" data-color=${value}></span>`;
  const name = t("{label}: {color}", { label, color: colorName(value) });
  const draw = (/** @type {Close} */ close) => {
    const choose = (/** @type {string} */ color) => () => {
      close();
      onChange(color);
    };
    return LABEL_COLORS.map(
      (color) => html`<button type="button" class="swatch-button" aria-label=${colorName(color)}
        aria-pressed=${color === value} onClick=${choose(color)}><span class="swatch" data-color=${color}></span></button>`,
    );
  };
  return html`<${Popover} label=${label} text=${html`${swatch}<span class="visually-hidden">${name}</span>`}
    kind="button button--quiet button--icon" panel="menu menu--swatches">${draw}<//>`;
}
