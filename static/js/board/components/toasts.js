import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

const STAY = 8000;

/** Short news at the bottom: what was archived (with Undo), what was refused and why. */
export function Toasts() {
  const { session, screen } = useBoard();
  const notices = session.notices.value.map((notice) => ({ ...notice, kind: "error", dismiss: () => session.notices.dismiss(notice.id) }));
  const toasts = screen.toasts.value.map((toast) => ({ ...toast, dismiss: () => screen.dismissToast(toast.id) }));
  return html`<div class="toasts" role="region" aria-label="Notifications">
    ${[...notices, ...toasts].map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
  </div>`;
}

/** What needs reading stays until dismissed; the rest goes by itself, but not from under a pointer or focus. */
function Toast({ toast }) {
  const { id, kind, text, detail, action, dismiss } = toast;
  const box = useRef(null);
  useEffect(() => {
    if (kind === "error") return undefined;
    const leave = () => (box.current?.matches(":hover, :focus-within") ? (timer = setTimeout(leave, 1000)) : dismiss());
    let timer = setTimeout(leave, STAY);
    return () => clearTimeout(timer);
  }, [id]);
  const act = () => {
    dismiss();
    action.run();
  };
  return html`<div ref=${box} class=${`toast toast--${kind}`} role=${kind === "error" ? "alert" : "status"}>
    ${kind === "error" && html`<${Icon} name="warning" />`}
    <p class="grow">${text}${detail && html`<small>${detail}</small>`}</p>
    ${action && html`<button type="button" class="toast__action" onClick=${act}>${action.label}</button>`}
    <button type="button" class="toast__close" aria-label="Dismiss" onClick=${dismiss}><${Icon} name="close" small=${true} /></button>
  </div>`;
}
