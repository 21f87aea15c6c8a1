import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { enableDragging } from "../drag.js";
import { AddColumn } from "./add-column.js";
import { Column } from "./column.js";

/** Draw the columns side by side. */
export function Board() {
  const board = useBoard();
  const { session, screen } = board;
  /** @type {import("preact").RefObject<HTMLElement|null>} */
  const root = useRef(null);
  useEffect(() => (root.current ? enableDragging(root.current, board) : undefined), []);
  const ids = session.columnIds.value;
  return html`<main ref=${root} id="board" class="board" tabindex="-1" aria-label=${t("Board")}>
    <p id="drag-help"
      class="visually-hidden">${t("Press space to pick up, arrow keys to move, space to drop, Escape to cancel.")}</p>
    ${ids.map((id) => html`<${Column} key=${id} id=${id} />`)}
    ${screen.canEdit.value && html`<${AddColumn} first=${ids.length === 0} />`}
  </main>`;
}
