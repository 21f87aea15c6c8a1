import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** @import { ComponentChildren } from "preact" */

/**
 * Draw one line of a menu: a link where it has `href`, else a button.
 *
 * @param {{icon?: string, children?: ComponentChildren, keys?: string, danger?: boolean, href?: string,
 *   onClick?: () => void, disabled?: boolean, download?: boolean}} props `keys`: its keyboard shortcut
 */
export function MenuItem({ icon, children, keys, danger, ...rest }) {
  const [tag, type] = rest.href ? ["a", undefined] : ["button", "button"];
  return html`<${tag} type=${type} class=${danger ? "menu__item menu__item--danger" : "menu__item"} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}<span class="grow">${children}</span>${keys && html`<kbd>${keys}</kbd>`}
  <//>`;
}
