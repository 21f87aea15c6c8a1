import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { ago } from "../dates.js";
import { revealColumn } from "../focus.js";
import { remove, restore } from "../moves.js";
import { fold } from "../../lib/text.js";

const SHOWN = 100;

/** Archived columns and cards, latest first, with ways back. */
export function ArchiveSheet() {
  const { session } = useBoard();
  const [text, setText] = useState("");
  const { columns, tasks } = session.archived.value;
  const wanted = fold(text);
  const found = (thing) => fold(thing.title).includes(wanted);
  const [foundColumns, foundTasks] = [columns.filter(found), tasks.filter(found)];
  if (!columns.length && !tasks.length)
    return html`<p class="muted">Nothing here. What you archive can be brought back from here.</p>`;
  return html`
    <input class="input" dir="auto" type="search" placeholder="Search the archive" aria-label="Search the archive"
      onInput=${(event) => setText(event.target.value)} />
    <ul class="rows">
      ${foundColumns.map((column) => html`<${ArchivedColumn} key=${column.id} column=${column} />`)}
      ${foundTasks.slice(0, SHOWN).map((task) => html`<${ArchivedTask} key=${task.id} task=${task} />`)}
    </ul>
    ${foundTasks.length > SHOWN && html`<p class="muted">${foundTasks.length - SHOWN} more: search to find them.</p>`}`;
}

function ArchivedColumn({ column }) {
  const { session, screen } = useBoard();
  const restoreColumn = () => {
    session.commands.restoreColumn(column.id);
    requestAnimationFrame(() => revealColumn(column.id));
  };
  return html`<li class="rows__row">
    <p class="rows__what">
      <bdi>${column.title}</bdi><small>Column, archived ${ago(column.archived_at, screen.now.value)}</small>
    </p>
    ${
      screen.canEdit.value &&
      html`<button type="button" class="button button--small"
        onClick=${restoreColumn}>Restore</button>`
    }
  </li>`;
}

function ArchivedTask({ task }) {
  const board = useBoard();
  const { session, screen } = board;
  const column = session.column(task.column_id).value;
  const open = () => {
    screen.sheet.value = null;
    screen.openTask.value = task.id;
  };
  return html`<li class="rows__row">
    <p class="rows__what">
      <button type="button" class="link" dir="auto" onClick=${open}>${task.title}</button>
      <small>#${task.number} · <bdi>${column?.title}</bdi> · archived ${ago(task.archived_at, screen.now.value)}</small>
    </p>
    ${
      screen.canEdit.value &&
      html`<span class="row">
      <button type="button" class="button button--small"
        onClick=${() => restore(board, task.id)}>Restore</button>
      <button type="button" class="button button--small button--quiet"
        onClick=${() => remove(board, task.id)}>Delete…</button>
    </span>`
    }
  </li>`;
}
