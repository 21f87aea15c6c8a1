import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { addAbove, addBelow, archive, assignMe, complete } from "../moves.js";
import { MenuItem } from "./menu-item.js";
import { MoveForm } from "./move-form.js";
import { Popover } from "./popover.js";

/**
 * @import { BoardPage } from "../context.js"
 * @import { Close } from "./popover.js"
 */

/**
 * Offer what can be done with a card without opening it.
 *
 * @param {{id: string}} props
 */
export function CardMenu({ id }) {
  const draw = (/** @type {Close} */ close) => html`<${Items} id=${id} close=${close} />`;
  return html`<${Popover} label=${t("Card menu")} icon="more" tabIndex=${-1}
    kind="card__menu button button--quiet button--icon button--small" panel="menu">${draw}<//>`;
}

/** @param {{id: string, close: Close}} props */
function Items({ id, close }) {
  const board = useBoard();
  const task = board.session.task(id).value;
  if (!task) return null;
  const mine = board.me.id !== null && task.assignee_ids.includes(board.me.id);
  const then = (/** @type {(board: BoardPage, id: string) => void} */ act) => () => {
    close();
    act(board, id);
  };
  return html`
    <${MenuItem} icon="done" onClick=${then(complete)}>${
      task.completed_at ? t("Mark as not done") : t("Mark as done")
    }<//>
    <${MenuItem} icon="person" keys="m" onClick=${then(assignMe)}>${mine ? t("Unassign me") : t("Assign to me")}<//>
    <${MenuItem} icon="up" onClick=${then(addAbove)}>${t("Add a card above")}<//>
    <${MenuItem} icon="down" keys="n" onClick=${then(addBelow)}>${t("Add a card below")}<//>
    <hr class="menu__rule" />
    <${MoveForm} task=${task} onDone=${close} />
    <hr class="menu__rule" />
    <${MenuItem} icon="archive" keys="c" onClick=${then(archive)}>${t("Archive")}<//>`;
}
