import { html } from "htm/preact";
import { Icon } from "./icon.js";

/**
 * Draw a small button with an icon and a name for everybody.
 *
 * @param {{icon: string, label: string, onClick: () => void}} props
 */
export function IconButton({ icon, label, onClick }) {
  return html`<button type="button" class="button button--quiet button--icon button--small" aria-label=${label}
    title=${label} onClick=${onClick}><${Icon} name=${icon} small=${true} /></button>`;
}
