import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";
import { NoticeText } from "./notice-text.js";

/**
 * @import { Notice, Session } from "../types.js"
 *
 * @typedef {{id: string, kind: "info"|"error"|"waiting"|"stay", text: string, detail?: string, notice?: Notice,
 *   action?: {label: string, run: () => void}, dismiss: () => void}} ShownToast   `stay`: of a notice
 */

const STAY_MS = 8000;
const RETRY_MS = 1000;
const SHOWN = 3;

/**
 * Show notifications at the bottom: what was archived (with Undo), what was refused and why.
 *
 * @param {{children?: import("preact").ComponentChildren}} props
 */
export function Toasts({ children }) {
  const { session, screen } = useBoard();
  /** @type {ShownToast[]} */
  const toasts = screen.toasts.value.map((toast) => ({
    ...toast,
    dismiss: () => screen.dismissToast(toast.id),
  }));
  return html`<div class="toasts" role="region" aria-label=${t("Notifications")}>
    ${children}
    ${[...latest(session.notices), ...toasts].map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
  </div>`;
}

/** Return the last notices, and the older ones as one line. @param {Session["notices"]} notices @returns {ShownToast[]} */
function latest(notices) {
  /** @type {ShownToast[]} */
  const all = notices.value.map((notice) => ({
    ...notice,
    kind: "stay",
    notice,
    dismiss: () => notices.dismiss(notice.id),
  }));
  const older = all.slice(0, -SHOWN);
  if (!older.length) return all;
  const text = tn("{count} earlier notice", "{count} earlier notices", older.length);
  const dismiss = () => {
    for (const notice of older) notice.dismiss();
  };
  return [{ id: "older", kind: "stay", text, detail: older.at(-1)?.text, dismiss }, ...all.slice(-SHOWN)];
}

/**
 * Show one notification. What needs reading stays until dismissed; the rest goes by itself, but not from under a pointer or
 * focus.
 *
 * @param {{toast: ShownToast}} props
 */
function Toast({ toast }) {
  const { id, kind, text, detail, action, notice, dismiss } = toast;
  /** @type {import("preact").RefObject<HTMLElement|null>} */
  const box = useRef(null);
  useEffect(() => {
    if (kind !== "info") return undefined;
    const leave = () => {
      if (box.current?.matches(":hover, :focus-within")) timer = setTimeout(leave, RETRY_MS);
      else dismiss();
    };
    let timer = setTimeout(leave, STAY_MS);
    return () => clearTimeout(timer);
  }, [id]);
  const act = () => {
    dismiss();
    action?.run();
  };
  return html`<div ref=${box} class=${`toast toast--${kind}`} role=${kind === "info" ? "status" : "alert"}>
    ${kind !== "info" && html`<${Icon} name="warning" />`}
    <div class="grow"><bdi class="toast__text" title=${text}>${text}</bdi>${detail && html`<small>${detail}</small>`}
      ${notice && html`<${NoticeText} notice=${notice} />`}</div>
    ${action && html`<button type="button" class="toast__action" onClick=${act}>${action.label}</button>`}
    <button type="button" class="toast__close" aria-label=${t("Dismiss")} onClick=${dismiss}><${Icon} name="close"
      small=${true} /></button>
  </div>`;
}
