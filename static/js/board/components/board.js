import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { enableDragging } from "../drag.js";
import { AddColumn } from "./add-column.js";
import { Column } from "./column.js";

/** The columns side by side. */
export function Board() {
  const board = useBoard();
  const { session, screen } = board;
  const root = useRef(null);
  useEffect(() => enableDragging(root.current, board), []);
  const ids = session.columnIds.value;
  return html`<main ref=${root} id="board" class="board" tabindex="-1" aria-label="Board">
    <p id="drag-help"
      class="visually-hidden">Press space to pick up, arrow keys to move, space to drop, Escape to cancel.</p>
    ${ids.map((id) => html`<${Column} key=${id} id=${id} />`)}
    ${screen.canEdit.value && html`<${AddColumn} first=${ids.length === 0} />`}
  </main>`;
}
