import { html } from "htm/preact";

/** Where `announce` and `announceLater` put their words. */
export function Announcements() {
  return html`<div class="visually-hidden" data-announcements aria-live="assertive" aria-atomic="true"></div>
    <div class="visually-hidden" data-news aria-live="polite" aria-atomic="true"></div>`;
}
