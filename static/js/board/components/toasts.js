import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";
import { NoticeWords } from "./notice-words.js";

const STAY = 8000;
const SHOWN = 3;

/** Short news at the bottom: what was archived (with Undo), what was refused and why. */
export function Toasts({ children }) {
  const { session, screen } = useBoard();
  const toasts = screen.toasts.value.map((toast) => ({ ...toast, dismiss: () => screen.dismissToast(toast.id) }));
  return html`<div class="toasts" role="region" aria-label="Notifications">
    ${children}
    ${[...latest(session.notices), ...toasts].map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
  </div>`;
}

/** The last notices, and the older ones as one line. */
function latest(notices) {
  const all = notices.value.map((notice) => ({ ...notice, kind: "stay", notice, dismiss: () => notices.dismiss(notice.id) }));
  const older = all.slice(0, -SHOWN);
  if (!older.length) return all;
  const text = `${older.length} earlier ${older.length === 1 ? "notice" : "notices"}`;
  const dismiss = () => older.forEach((notice) => notice.dismiss());
  return [{ id: "older", kind: "stay", text, detail: older.at(-1).text, dismiss }, ...all.slice(-SHOWN)];
}

/** What needs reading stays until dismissed; the rest goes by itself, but not from under a pointer or focus. */
function Toast({ toast }) {
  const { id, kind, text, detail, action, notice, dismiss } = toast;
  const box = useRef(null);
  useEffect(() => {
    if (kind !== "info") return undefined;
    const leave = () => (box.current?.matches(":hover, :focus-within") ? (timer = setTimeout(leave, 1000)) : dismiss());
    let timer = setTimeout(leave, STAY);
    return () => clearTimeout(timer);
  }, [id]);
  const act = () => {
    dismiss();
    action.run();
  };
  return html`<div ref=${box} class=${`toast toast--${kind}`} role=${kind === "info" ? "status" : "alert"}>
    ${kind !== "info" && html`<${Icon} name="warning" />`}
    <div class="grow"><bdi class="toast__text" title=${text}>${text}</bdi>${detail && html`<small>${detail}</small>`}
      ${notice && html`<${NoticeWords} notice=${notice} />`}</div>
    ${action && html`<button type="button" class="toast__action" onClick=${act}>${action.label}</button>`}
    <button type="button" class="toast__close" aria-label="Dismiss" onClick=${dismiss}><${Icon} name="close"
      small=${true} /></button>
  </div>`;
}
