import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { Announcements } from "./announcements.js";
import { DialogConnection } from "./connection.js";
import { Icon } from "./icon.js";
import { Toasts } from "./toasts.js";

/** @import { ComponentChildren, RefObject } from "preact" */

/**
 * Show a modal dialog: open while it is drawn; Escape, its close button or a click beside it asks to close. Its head
 * (`head`, else the label as a heading) and the close button stay while the body scrolls. It carries its own
 * notifications and the state of the connection, because everything outside an open modal dialog is inert.
 *
 * @param {{kind?: string, label: string, head?: ComponentChildren, onClose: () => void, children?: ComponentChildren}} props
 */
export function Modal({ kind = "", label, head, onClose, children }) {
  /** @type {RefObject<HTMLDialogElement|null>} */
  const dialog = useRef(null);
  const pressed = useRef(/** @type {EventTarget|null} */ (null));
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.showModal();
    if (!element.querySelector("[autofocus]")) element.focus();
    return () => element.close();
  }, []);
  const cancelled = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose();
  };
  const clicked = (/** @type {Event} */ event) => {
    if (event.target === dialog.current && pressed.current === dialog.current) onClose();
  };
  const remember = (/** @type {Event} */ event) => {
    pressed.current = event.target;
  };
  return html`<dialog ref=${dialog} class=${`modal ${kind}`} aria-label=${label} tabindex="-1" onCancel=${cancelled}
    onClick=${clicked} onPointerDown=${remember}>
    <header class="modal__head">
      ${head ?? html`<h2 class="modal__title" dir="auto">${label}</h2>`}
      <button type="button" class="modal__close button button--quiet button--icon" aria-label=${t("Close")}
        onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    ${children}
    <${Toasts}><${DialogConnection} /><//>
    <${Announcements} />
  </dialog>`;
}
