import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { safeLink } from "../links.js";
import { Icon } from "./icon.js";

/** One link or file. */
export function Attachment({ attachment, editable }) {
  const { session } = useBoard();
  const { id, name, url, kind, size } = attachment;
  const href = session.isGuest && kind === "file" ? null : safeLink(url);
  return html`<li class="attachment">
    <${Icon} name=${kind === "file" ? "clip" : "link"} />
    ${href ? html`<a class="grow" dir="auto" href=${href} title=${name || url} target="_blank"
      rel="noopener noreferrer nofollow">${name || url}</a>` : html`<span class="grow" dir="auto" title=${name || url}>${name || url}</span>`}
    ${size !== null && html`<small class="muted nowrap">${readableSize(size)}</small>`}
    ${
      editable &&
      html`<button type="button" class="button button--quiet button--icon button--small"
        aria-label=${`Remove ${name || url}`} onClick=${() => session.commands.removeAttachment(id)}>
      <${Icon} name="close" small=${true} /></button>`
    }
  </li>`;
}

function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
