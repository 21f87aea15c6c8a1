import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** One line of a menu: a link where it has `href`, else a button. `keys` shows its keyboard shortcut. */
export function MenuItem({ icon, children, keys, danger, ...rest }) {
  const [tag, type] = rest.href ? ["a", undefined] : ["button", "button"];
  return html`<${tag} type=${type} class=${danger ? "menu__item menu__item--danger" : "menu__item"} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}<span class="grow">${children}</span>${keys && html`<kbd>${keys}</kbd>`}
  <//>`;
}
