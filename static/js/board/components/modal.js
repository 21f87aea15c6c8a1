import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Announcements } from "./announcements.js";
import { Standing } from "./connection.js";
import { Icon } from "./icon.js";
import { Toasts } from "./toasts.js";

/**
 * A modal dialog: open while it is drawn; Escape, its close button or a click beside it asks to close. Its head
 * (`head`, else the label as a heading) and the close button stay while the body scrolls. It carries its own
 * notifications and the state of the connection, because everything outside an open modal dialog is inert.
 */
export function Modal({ kind = "", label, head, onClose, children }) {
  const dialog = useRef(null);
  const began = useRef(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element.showModal();
    if (!element.querySelector("[autofocus]")) element.focus();
    return () => element.close();
  }, []);
  const cancelled = (event) => {
    event.preventDefault();
    onClose();
  };
  const clicked = (event) => {
    if (event.target === dialog.current && began.current === dialog.current) onClose();
  };
  return html`<dialog ref=${dialog} class=${`modal ${kind}`} aria-label=${label} tabindex="-1" onCancel=${cancelled}
    onClick=${clicked}
    onPointerDown=${(event) => (began.current = event.target)}>
    <header class="modal__head">
      ${head ?? html`<h2 class="modal__title" dir="auto">${label}</h2>`}
      <button type="button" class="modal__close button button--quiet button--icon" aria-label="Close"
        onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    ${children}
    <${Toasts}><${Standing} /><//>
    <${Announcements} />
  </dialog>`;
}
