import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";

/** A modal dialog: open while it is drawn; Escape, its close button or a click beside it asks to close. */
export function Modal({ kind = "", label, onClose, children }) {
  const dialog = useRef(null);
  const began = useRef(null);
  useEffect(() => {
    const element = dialog.current;
    element.showModal();
    return () => element.close();
  }, []);
  const cancelled = (event) => {
    event.preventDefault();
    onClose();
  };
  const clicked = (event) => {
    if (event.target === dialog.current && began.current === dialog.current) onClose();
  };
  return html`<dialog ref=${dialog} class=${`modal ${kind}`} aria-label=${label} onCancel=${cancelled} onClick=${clicked}
    onPointerDown=${(event) => (began.current = event.target)}>
    ${children}
  </dialog>`;
}
