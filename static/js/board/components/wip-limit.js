import { html } from "htm/preact";
import { useBoard } from "../context.js";

/** How many cards a column should hold at most; empty means any number. */
export function WipLimit({ column, onDone }) {
  const { session } = useBoard();
  const save = (event) => {
    event.preventDefault();
    const text = new FormData(event.target).get("limit");
    const limit = text === "" ? null : Number(text);
    if (limit !== column.wip_limit) session.commands.setWipLimit(column.id, limit);
    onDone();
  };
  return html`<form class="menu__form" onSubmit=${save}>
    <label class="grow" for=${`wip-${column.id}`}>Work in progress limit</label>
    <input class="input input--count" id=${`wip-${column.id}`} name="limit" type="number" min="1" max="10000"
      inputmode="numeric" placeholder="none"
      value=${column.wip_limit ?? ""} />
    <button class="button button--small" type="submit">Set</button>
  </form>`;
}
