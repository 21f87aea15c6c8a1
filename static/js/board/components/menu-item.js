import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** One line of a menu. `keys` shows its keyboard shortcut. */
export function MenuItem({ icon, children, keys, danger, ...rest }) {
  return html`<button type="button" class=${danger ? "menu__item menu__item--danger" : "menu__item"} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}<span class="grow">${children}</span>${keys && html`<kbd>${keys}</kbd>`}
  </button>`;
}
