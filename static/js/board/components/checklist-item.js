import { html } from "htm/preact";
import { useSignal } from "@preact/signals";
import { useBoard } from "../context.js";
import { neighbours } from "../placement.js";
import { InlineText } from "./inline-text.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";

/** One line of a checklist. */
export function ChecklistItem({ item, ids, editable }) {
  const { session } = useBoard();
  const renaming = useSignal(false);
  const at = ids.indexOf(item.id);
  const move = (before) => session.commands.moveItem(item.id, neighbours(ids, ids, item.id, before));
  const then = (close, act) => () => {
    close();
    act();
  };
  return html`<li class=${item.done ? "item item--done" : "item"}>
    <label class="item__check"><input type="checkbox" checked=${item.done} disabled=${!editable}
      aria-label=${item.title}
      onChange=${(event) => session.commands.checkItem(item.id, event.target.checked)} /></label>
    <${InlineText} kind="item__title grow" value=${item.title} label="Item" draft=${`item-title ${item.id}`}
      editable=${editable} editing=${renaming.value} onDone=${() => (renaming.value = false)}
      onSave=${(title) => session.commands.renameItem(item.id, title)} />
    ${
      editable &&
      html`<${Popover} label=${`Menu of ${item.title}`} icon="more"
        kind="item__menu button button--quiet button--icon button--small">
      ${(close) => html`
        <${MenuItem} icon="edit" onClick=${then(close, () => (renaming.value = true))}>Rename<//>
        <${MenuItem} icon="up" disabled=${at === 0} onClick=${then(close, () => move(ids[at - 1]))}>Move up<//>
        <${MenuItem} icon="down" disabled=${at === ids.length - 1}
          onClick=${then(close, () => move(ids[at + 2] ?? null))}>Move down<//>
        <${MenuItem} icon="trash" danger onClick=${then(close, () => session.commands.deleteItem(item.id))}>Delete<//>`}
    <//>`
    }
  </li>`;
}
