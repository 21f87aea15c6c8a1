import { formatDate } from "../lib/i18n.js";

/** Rewrite server-rendered UTC times in the reader's own zone and language. @param {ParentNode} root */
export function showLocalTimes(root) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (root.querySelectorAll("time[data-local]"))) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime()))
      time.textContent = formatDate(moment, { dateStyle: "medium", timeStyle: "short" });
  }
}
