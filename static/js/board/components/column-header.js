import { useSignal } from "@preact/signals";
import { html } from "htm/preact";
import { t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { ColumnMenu } from "./column-menu.js";
import { Icon } from "./icon.js";
import { InlineText } from "./inline-text.js";

/** @typedef {{column: import("../types.js").Column, total: number, over: boolean}} Props   `total`: of its cards; `over`
 *   the limit */

/**
 * Show title, count against the limit and menu of a column. The grip moves the column with mouse, finger or arrow keys.
 *
 * @param {Props} props
 */
export function ColumnHeader({ column, total, over }) {
  const { session, screen } = useBoard();
  const renaming = useSignal(false);
  const editable = screen.canEdit.value;
  const rename = (/** @type {boolean} */ isOpen) => () => {
    renaming.value = isOpen;
  };
  return html`<header class="column__head" data-column-handle>
    ${
      editable &&
      html`<button type="button" class="column__grip" data-grip=${column.id}
        aria-label=${t("Move column {title}", { title: column.title })} aria-describedby="drag-help">
        <${Icon} name="grip" small=${true} />
      </button>`
    }
    <h2 class="column__title" id=${`column-${column.id}`}>
      <${InlineText} value=${column.title} label=${t("Column title")} draft=${`column-title ${column.id}`}
        editable=${editable} editing=${renaming.value} onDone=${rename(false)}
        onSave=${(/** @type {string} */ title) => session.commands.renameColumn(column.id, title)} />
    </h2>
    <${Count} column=${column} total=${total} over=${over} />
    ${editable && html`<${ColumnMenu} column=${column} onRename=${rename(true)} />`}
  </header>`;
}

/** @param {Props} props */
function Count({ column, total, over }) {
  const { screen } = useBoard();
  const shown = screen.filtering.value ? screen.visibleIds(column.id).value.length : total;
  const limit = column.wip_limit;
  const words = [
    tn("{count} card", "{count} cards", total),
    limit !== null && t("limit {limit}", { limit }),
    over && t("over the limit"),
    shown !== total && t("{count} shown", { count: shown }),
  ];
  const title = words.filter(Boolean).join(", ");
  const count =
    shown === total ? `${total}` : t("{shown} of {total}", { shown: `${shown}`, total: `${total}` });
  return html`<span class=${over ? "column__count column__count--over" : "column__count"} title=${title}
    aria-label=${title} role="img">
    ${over && html`<${Icon} name="warning" small=${true} />`}${count}${limit !== null && ` / ${limit}`}
  </span>`;
}
