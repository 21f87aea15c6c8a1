import { html } from "htm/preact";
import { t, tn } from "../../lib/i18n.js";
import { announce } from "../announce.js";
import { useBoard } from "../context.js";
import { revealColumn } from "../focus.js";
import { offerUndo } from "../undo-actions.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";
import { WipLimit } from "./wip-limit.js";

/**
 * @import { Column } from "../types.js"
 * @import { Close } from "./popover.js"
 */

/**
 * Offer what can be done with a column.
 *
 * @param {{column: Column, onRename: () => void}} props
 */
export function ColumnMenu({ column, onRename }) {
  const { session } = useBoard();
  const { id, title } = column;
  const ids = session.columnIds.value;
  const at = ids.indexOf(id);
  const others = ids.filter((other) => other !== id);
  const move = (/** @type {number} */ to) => {
    session.commands.moveColumn({ id, after: others[to - 1] ?? null, before: others[to] ?? null });
    requestAnimationFrame(() => revealColumn(id));
    announce(t("{title} is now column {place} of {total}", { title, place: to + 1, total: ids.length }));
  };
  const draw = (/** @type {Close} */ close) => {
    const then = (/** @type {() => void} */ act) => () => {
      close();
      act();
    };
    return html`
      <${MenuItem} icon="edit" onClick=${then(onRename)}>${t("Rename")}<//>
      <${WipLimit} column=${column} onDone=${close} />
      <hr class="menu__rule" />
      <${MenuItem} icon="left" disabled=${at <= 0} onClick=${then(() => move(at - 1))}>${t("Move left")}<//>
      <${MenuItem} icon="right" disabled=${at === ids.length - 1}
        onClick=${then(() => move(at + 1))}>${t("Move right")}<//>
      <hr class="menu__rule" />
      <${RemovalItems} column=${column} close=${close} />
    `;
  };
  return html`<${Popover} label=${t("Menu of column {title}", { title })} icon="more"
    kind="button button--quiet button--icon button--small">${draw}<//>`;
}

/** @param {{column: Column, close: Close}} props */
function RemovalItems({ column, close }) {
  const board = useBoard();
  const { session, screen } = board;
  const { id, title } = column;
  const archive = () => {
    close();
    offerUndo(board, t("Archived column {title}", { title }), session.commands.archiveColumn(id));
  };
  const remove = async () => {
    close();
    const text = describeDeletion(session.taskIds(id).peek().length);
    const sure = await screen.confirm({
      title: t("Delete “{title}”?", { title }),
      text,
      yes: t("Delete column"),
    });
    if (sure) offerUndo(board, t("Deleted column {title}", { title }), session.commands.deleteColumn(id));
  };
  return html`<${MenuItem} icon="archive" onClick=${archive}>${t("Archive")}<//>
    <${MenuItem} icon="trash" danger onClick=${remove}>${t("Delete…")}<//>`;
}

/** @param {number} count of the column's cards */
function describeDeletion(count) {
  if (count === 0) return t("It is gone for everybody. You can undo this; nobody else can.");
  return tn(
    "Its card goes with it, for everybody. You can undo this; nobody else can.",
    "Its {count} cards go with it, for everybody. You can undo this; nobody else can.",
    count,
  );
}
