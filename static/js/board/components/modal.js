import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Standing } from "./connection.js";
import { Toasts } from "./toasts.js";

/**
 * A modal dialog: open while it is drawn; Escape, its close button or a click beside it asks to close. It carries its
 * own notifications and the state of the connection, because everything outside an open modal dialog is inert.
 */
export function Modal({ kind = "", label, onClose, children }) {
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
    ${children}
    <${Toasts}><${Standing} /><//>
    <div class="visually-hidden" data-announcements aria-live="assertive" aria-atomic="true"></div>
  </dialog>`;
}
