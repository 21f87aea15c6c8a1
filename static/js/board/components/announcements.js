import { html } from "htm/preact";

/** Hold the live regions that `announce` and `announceLater` write to. */
export function Announcements() {
  return html`<div class="visually-hidden" data-announcements aria-live="assertive" aria-atomic="true"></div>
    <div class="visually-hidden" data-news aria-live="polite" aria-atomic="true"></div>`;
}
