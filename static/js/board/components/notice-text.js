import { html } from "htm/preact";
import { rich, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { drafts } from "../drafts.js";
import { CopyButton } from "./copy-button.js";

/** @import { Notice } from "../types.js" */

/**
 * Show the text that a notice is about: what one wrote and what is no longer on the screen, or what the other one wrote.
 *
 * @param {{notice: Notice}} props
 */
export function NoticeText({ notice }) {
  const { kind, field, mine, theirs } = notice;
  const value = kind === "collision" ? theirs : mine;
  if (value === undefined || (kind === "refused" && !mine)) return null;
  const text = textOf(field, value);
  return html`<small class="toast__words">${describe(notice, text)}</small>
    <span class="row">
      <${CopyButton} text=${text} label=${t("Copy these words")} kind="toast__action" />
      ${kind === "refused" && typeof theirs === "string" && html`<${CompareButton} notice=${notice} />`}
    </span>`;
}

/** @param {Notice} notice @param {string} text */
function describe({ kind, theirs, field }, text) {
  const quoted = html`<bdi>${text}</bdi>`;
  if (kind === "collision") return rich("They wrote: “{text}”", { text: quoted });
  if (kind !== "overwritten" || theirs === undefined) return rich("You wrote: “{text}”", { text: quoted });
  const now = textOf(field, theirs);
  return rich("It says “{now}” now. You had written: “{text}”", { now, text: quoted });
}

/** @param {string|undefined} field @param {unknown} value */
function textOf(field, value) {
  if (value === null || value === "") return t("nothing");
  return field?.endsWith("_at") ? fullDate(String(value)) : String(value);
}

/**
 * Open the card with the refused description as a draft beside the one that is there.
 *
 * @param {{notice: Notice}} props
 */
function CompareButton({ notice: { ref, mine, base = "" } }) {
  const { screen } = useBoard();
  const compare = () => {
    if (!ref) return;
    drafts.put(`description ${ref.id}`, { text: String(mine), base });
    screen.openTask.value = null;
    requestAnimationFrame(() => {
      screen.openTask.value = ref.id;
    });
  };
  return html`<button type="button" class="toast__action" onClick=${compare}>${t("Compare")}</button>`;
}
