import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { rich, t, tn } from "../../lib/i18n.js";
import { fold } from "../../lib/text.js";
import { useBoard } from "../context.js";
import { ago } from "../dates.js";
import { revealColumn } from "../focus.js";
import { remove, restore } from "../moves.js";

/** @import { Column, Task } from "../types.js" */

const SHOWN = 100;

/** List archived columns and cards, latest first, with buttons to restore them. */
export function ArchiveSheet() {
  const { session } = useBoard();
  const [text, setText] = useState("");
  const { columns, tasks } = session.archived.value;
  const wanted = fold(text);
  const matches = (/** @type {{title: string}} */ { title }) => fold(title).includes(wanted);
  const [foundColumns, foundTasks] = [columns.filter(matches), tasks.filter(matches)];
  const more = foundTasks.length - SHOWN;
  if (!columns.length && !tasks.length)
    return html`<p class="muted">${t("Nothing here. What you archive can be brought back from here.")}</p>`;
  return html`
    <input class="input" dir="auto" type="search" placeholder=${t("Search the archive")}
      aria-label=${t("Search the archive")} onInput=${withValue(setText)} />
    <ul class="rows">
      ${foundColumns.map((column) => html`<${ArchivedColumn} key=${column.id} column=${column} />`)}
      ${foundTasks.slice(0, SHOWN).map((task) => html`<${ArchivedTask} key=${task.id} task=${task} />`)}
    </ul>
    ${
      more > 0 &&
      html`<p class="muted">${tn("{count} more: search to find them.", "{count} more: search to find them.", more)}</p>`
    }`;
}

/** @param {{column: Column}} props */
function ArchivedColumn({ column }) {
  const { session, screen } = useBoard();
  const restoreColumn = () => {
    session.commands.restoreColumn(column.id);
    requestAnimationFrame(() => revealColumn(column.id));
  };
  const when = ago(column.archived_at ?? "", screen.now.value);
  return html`<li class="rows__row">
    <p class="rows__what">
      <bdi>${column.title}</bdi><small>${t("Column, archived {when}", { when })}</small>
    </p>
    ${
      screen.canEdit.value &&
      html`<button type="button" class="button button--small" onClick=${restoreColumn}>${t("Restore")}</button>`
    }
  </li>`;
}

/** @param {{task: Task}} props */
function ArchivedTask({ task }) {
  const board = useBoard();
  const { session, screen } = board;
  const column = html`<bdi>${session.column(task.column_id).value?.title}</bdi>`;
  const when = ago(task.archived_at ?? "", screen.now.value);
  const open = () => {
    screen.sheet.value = null;
    screen.openTask.value = task.id;
  };
  return html`<li class="rows__row">
    <p class="rows__what">
      <button type="button" class="link" dir="auto" onClick=${open}>${task.title}</button>
      <small>${rich("#{number} · {column} · archived {when}", { number: `${task.number}`, column, when })}</small>
    </p>
    ${
      screen.canEdit.value &&
      html`<span class="row">
        <button type="button" class="button button--small"
          onClick=${() => restore(board, task.id)}>${t("Restore")}</button>
        <button type="button" class="button button--small button--quiet"
          onClick=${() => remove(board, task.id)}>${t("Delete…")}</button>
      </span>`
    }
  </li>`;
}
