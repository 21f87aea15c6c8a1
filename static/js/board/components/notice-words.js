import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { drafts } from "../drafts.js";
import { CopyButton } from "./copy-button.js";

/** The words a notice is about: what one wrote and what is no longer on the screen, or what the other one wrote. */
export function NoticeWords({ notice }) {
  const { kind, field, mine, theirs } = notice;
  const [lead, value] = kind === "collision" ? ["They wrote:", theirs] : [leadOf(notice), mine];
  if (value === undefined || (kind === "refused" && !mine)) return null;
  const text = wordsOf(field, value);
  return html`<small class="toast__words">${lead} “<bdi>${text}</bdi>”</small>
    <span class="row">
      <${CopyButton} text=${text} label="Copy these words" kind="toast__action" />
      ${kind === "refused" && typeof theirs === "string" && html`<${CompareButton} notice=${notice} />`}
    </span>`;
}

function leadOf({ kind, theirs, field }) {
  return kind === "overwritten" && theirs !== undefined
    ? `It says “${wordsOf(field, theirs)}” now. You had written:`
    : "You wrote:";
}

function wordsOf(field, value) {
  if (value === null || value === "") return "nothing";
  return field?.endsWith("_at") ? fullDate(value) : String(value);
}

/** Opens the card with the refused description as a draft beside the one that is there. */
function CompareButton({ notice }) {
  const { screen } = useBoard();
  const compare = () => {
    drafts.put(`description ${notice.ref.id}`, { text: notice.mine, base: notice.base });
    screen.openTask.value = null;
    requestAnimationFrame(() => (screen.openTask.value = notice.ref.id));
  };
  return html`<button type="button" class="toast__action" onClick=${compare}>Compare</button>`;
}
