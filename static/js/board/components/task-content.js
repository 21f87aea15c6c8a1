import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { rich, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { restore } from "../moves.js";
import { Attachments } from "./attachments.js";
import { Checklists } from "./checklists.js";
import { Comments } from "./comments.js";
import { Icon } from "./icon.js";
import { TaskActivity } from "./task-activity.js";
import { TaskDescription } from "./task-description.js";
import { TaskSidebar } from "./task-sidebar.js";
import { TaskTitle } from "./task-title.js";
import { TaskPresence } from "./card-presence.js";

/** @import { Details, Task } from "../types.js" */

/**
 * Draw the inside of a card's dialog; its details are live while it is open.
 *
 * @param {{task: Task}} props
 */
export function TaskContent({ task }) {
  const { session, screen } = useBoard();
  const details = useMemo(() => session.details(task.id), [task.id]);
  useEffect(() => () => details.close(), [details]);
  return html`<div class="task modal__scroll">
    <div class="task__note">
      <${TaskPresence} id=${task.id} />
      ${task.archived_at && html`<${ArchivedNote} task=${task} />`}
    </div>
    <div class="task__main stack stack--wide">
      <${State} details=${details} />
      <${TaskDescription} task=${task} details=${details} />
      <${Checklists} task=${task} details=${details} />
      <${Attachments} task=${task} details=${details} />
      <${Comments} task=${task} details=${details} />
      ${!session.isGuest && html`<${TaskActivity} task=${task} />`}
    </div>
    <aside class="task__side" aria-label=${t("About this card")}><${TaskSidebar} task=${task}
      editable=${screen.canEdit.value} /></aside>
  </div>`;
}

/**
 * Show number, column and title of a card: they stay at the top of its dialog.
 *
 * @param {{task: Task}} props
 */
export function TaskHead({ task }) {
  const title = useBoard().session.column(task.column_id).value?.title;
  const number = html`<span class="number">${task.number === null ? t("New card") : `#${task.number}`}</span>`;
  const column = html`<bdi>${title}</bdi>`;
  return html`<div class="task__head">
    <p class="task__where" title=${title}>${rich("{number} in {column}", { number, column })}</p>
    <${TaskTitle} task=${task} />
  </div>`;
}

/** @param {{details: Details}} props */
function State({ details }) {
  if (details.state.value !== "failed") return null;
  return html`<p class="flash flash--warning" role="status">
    <${Icon} name="offline" /><span class="grow">${t("The details of this card can't be loaded right now.")}</span>
    <button type="button" class="button button--small" onClick=${() => details.load()}>${t("Try again")}</button>
  </p>`;
}

/** @param {{task: Task}} props */
function ArchivedNote({ task }) {
  const board = useBoard();
  return html`<p class="flash flash--warning"><${Icon} name="archive" /><span
      class="grow">${t("This card is archived.")}</span>
    ${
      board.screen.canEdit.value &&
      html`<button type="button" class="button button--small"
        onClick=${() => restore(board, task.id)}>${t("Restore")}</button>`
    }
  </p>`;
}
