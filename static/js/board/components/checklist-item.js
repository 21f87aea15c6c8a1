import { useSignal } from "@preact/signals";
import { html } from "htm/preact";
import { withChecked } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { neighbours } from "../placement.js";
import { InlineText } from "./inline-text.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";

/** @import { Close } from "./popover.js" */

/**
 * Show one item of a checklist.
 *
 * @param {{item: import("../types.js").Item, ids: string[], editable: boolean}} props `ids`: of the checklist's items, in
 *   order
 */
export function ChecklistItem({ item, ids, editable }) {
  const { session } = useBoard();
  const { commands } = session;
  const renaming = useSignal(false);
  const rename = (/** @type {boolean} */ isOpen) => () => {
    renaming.value = isOpen;
  };
  return html`<li class=${item.done ? "item item--done" : "item"}>
    <label class="item__check"><input type="checkbox" checked=${item.done} disabled=${!editable}
      aria-label=${item.title}
      onChange=${withChecked((isDone) => commands.checkItem(item.id, isDone))} /></label>
    <${InlineText} kind="item__title grow" value=${item.title} label=${t("Item")} draft=${`item-title ${item.id}`}
      editable=${editable} editing=${renaming.value} onDone=${rename(false)}
      onSave=${(/** @type {string} */ title) => commands.renameItem(item.id, title)} />
    ${editable && html`<${ItemMenu} item=${item} ids=${ids} onRename=${rename(true)} />`}
  </li>`;
}

/** @param {{item: import("../types.js").Item, ids: string[], onRename: () => void}} props */
function ItemMenu({ item, ids, onRename }) {
  const { commands } = useBoard().session;
  const at = ids.indexOf(item.id);
  const draw = (/** @type {Close} */ close) => {
    const then = (/** @type {() => void} */ act) => () => {
      close();
      act();
    };
    const move = (/** @type {string|null} */ before) =>
      then(() => commands.moveItem(item.id, neighbours(ids, ids, item.id, before)));
    return html`
      <${MenuItem} icon="edit" onClick=${then(onRename)}>${t("Rename")}<//>
      <${MenuItem} icon="up" disabled=${at === 0} onClick=${move(ids[at - 1])}>${t("Move up")}<//>
      <${MenuItem} icon="down" disabled=${at === ids.length - 1}
        onClick=${move(ids[at + 2] ?? null)}>${t("Move down")}<//>
      <${MenuItem} icon="trash" danger onClick=${then(() => commands.deleteItem(item.id))}>${t("Delete")}<//>`;
  };
  return html`<${Popover} label=${t("Menu of {title}", { title: item.title })} icon="more"
    kind="item__menu button button--quiet button--icon button--small">${draw}<//>`;
}
