import { html } from "htm/preact";
import { formatNumber, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { safeLink } from "../links.js";
import { Icon } from "./icon.js";

/**
 * Show one link or file.
 *
 * @param {{attachment: import("../types.js").Attachment, editable: boolean}} props
 */
export function Attachment({ attachment, editable }) {
  const { session } = useBoard();
  const { id, name, url, kind, size } = attachment;
  const href = session.isGuest && kind === "file" ? null : safeLink(url);
  const title = name || url;
  return html`<li class="attachment">
    <${Icon} name=${kind === "file" ? "clip" : "link"} />
    ${
      href
        ? html`<a class="grow" dir="auto" href=${href} title=${title} target="_blank"
            rel="noopener noreferrer nofollow">${title}</a>`
        : html`<span class="grow" dir="auto" title=${title}>${title}</span>`
    }
    ${size !== null && html`<small class="muted nowrap">${readableSize(size)}</small>`}
    ${
      editable &&
      html`<button type="button" class="button button--quiet button--icon button--small"
        aria-label=${t("Remove {name}", { name: title })} onClick=${() => session.commands.removeAttachment(id)}>
        <${Icon} name="close" small=${true} /></button>`
    }
  </li>`;
}

/** @param {number} bytes */
function readableSize(bytes) {
  if (bytes < 1024) return t("{number} B", { number: bytes });
  if (bytes < 1024 * 1024) return t("{number} KB", { number: Math.round(bytes / 1024) });
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return t("{number} MB", { number: formatNumber(bytes / 1024 / 1024, digits) });
}
