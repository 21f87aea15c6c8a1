import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { addAbove, addBelow, archive, assignMe, complete } from "../moves.js";
import { MenuItem } from "./menu-item.js";
import { MoveForm } from "./move-form.js";
import { Popover } from "./popover.js";

/** What can be done with a card without opening it. */
export function CardMenu({ id }) {
  const board = useBoard();
  return html`<${Popover} label="Card menu" icon="more" tabIndex=${-1}
    kind="card__menu button button--quiet button--icon button--small" panel="menu">
    ${(close) => html`<${Items} board=${board} id=${id} close=${close} />`}
  <//>`;
}

function Items({ board, id, close }) {
  const task = board.session.task(id).value;
  if (!task) return null;
  const mine = task.assignee_ids.includes(board.me.id);
  const then = (act) => () => {
    close();
    act(board, id);
  };
  return html`
    <${MenuItem} icon="done" onClick=${then(complete)}>${task.completed_at ? "Mark as not done" : "Mark as done"}<//>
    <${MenuItem} icon="person" keys="m" onClick=${then(assignMe)}>${mine ? "Unassign me" : "Assign to me"}<//>
    <${MenuItem} icon="up" onClick=${then(addAbove)}>Add a card above<//>
    <${MenuItem} icon="down" keys="n" onClick=${then(addBelow)}>Add a card below<//>
    <hr class="menu__rule" />
    <${MoveForm} task=${task} onDone=${close} />
    <hr class="menu__rule" />
    <${MenuItem} icon="archive" keys="c" onClick=${then(archive)}>Archive<//>`;
}
