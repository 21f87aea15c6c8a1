import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { announce } from "../announce.js";
import { revealColumn } from "../focus.js";
import { offerUndo } from "../undo-actions.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";
import { WipLimit } from "./wip-limit.js";

/** What can be done with a column. */
export function ColumnMenu({ column, onRename }) {
  const { session } = useBoard();
  const ids = session.columnIds.value;
  const at = ids.indexOf(column.id);
  const others = ids.filter((id) => id !== column.id);
  const move = (to) => {
    session.commands.moveColumn({ id: column.id, after: others[to - 1] ?? null, before: others[to] ?? null });
    requestAnimationFrame(() => revealColumn(column.id));
    announce(`${column.title} is now column ${to + 1} of ${ids.length}`);
  };
  const then = (close, act) => () => {
    close();
    act();
  };
  return html`<${Popover} label=${`Menu of column ${column.title}`} icon="more"
    kind="button button--quiet button--icon button--small">
    ${(close) => html`
      <${MenuItem} icon="edit" onClick=${then(close, onRename)}>Rename<//>
      <${WipLimit} column=${column} onDone=${close} />
      <hr class="menu__rule" />
      <${MenuItem} icon="left" disabled=${at <= 0} onClick=${then(close, () => move(at - 1))}>Move left<//>
      <${MenuItem} icon="right" disabled=${at === ids.length - 1}
        onClick=${then(close, () => move(at + 1))}>Move right<//>
      <hr class="menu__rule" />
      <${Removal} column=${column} close=${close} />
    `}
  <//>`;
}

function Removal({ column, close }) {
  const board = useBoard();
  const { session, screen } = board;
  const archive = () => {
    close();
    offerUndo(board, `Archived column ${column.title}`, session.commands.archiveColumn(column.id));
  };
  const remove = async () => {
    close();
    const count = session.taskIds(column.id).peek().length;
    const what = count === 1 ? "Its card goes" : `Its ${count} cards go`;
    const text = `${count ? `${what} with it, for everybody` : "It is gone for everybody"}. You can undo this; nobody else can.`;
    const sure = await screen.confirm({ title: `Delete “${column.title}”?`, text, yes: "Delete column" });
    if (sure) offerUndo(board, `Deleted column ${column.title}`, session.commands.deleteColumn(column.id));
  };
  return html`<${MenuItem} icon="archive" onClick=${archive}>Archive<//>
    <${MenuItem} icon="trash" danger onClick=${remove}>Delete…<//>`;
}
