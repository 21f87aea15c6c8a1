import { html } from "htm/preact";
import { useSignal } from "@preact/signals";
import { useBoard } from "../context.js";
import { countOf } from "../wording.js";
import { ColumnMenu } from "./column-menu.js";
import { Icon } from "./icon.js";
import { InlineText } from "./inline-text.js";

/** Title, count against the limit, menu. The grip moves the column with mouse, finger or arrow keys. */
export function ColumnHeader({ column, total, over }) {
  const { session, screen } = useBoard();
  const renaming = useSignal(false);
  const editable = screen.canEdit.value;
  return html`<header class="column__head" data-column-handle>
    ${
      editable &&
      html`<button type="button" class="column__grip" data-grip=${column.id} aria-label=${`Move column ${column.title}`}
        aria-describedby="drag-help">
      <${Icon} name="grip" small=${true} />
    </button>`
    }
    <h2 class="column__title" id=${`column-${column.id}`}>
      <${InlineText} value=${column.title} label="Column title" draft=${`column-title ${column.id}`}
        editable=${editable} editing=${renaming.value}
        onDone=${() => (renaming.value = false)} onSave=${(title) => session.commands.renameColumn(column.id, title)} />
    </h2>
    <${Count} column=${column} total=${total} over=${over} />
    ${editable && html`<${ColumnMenu} column=${column} onRename=${() => (renaming.value = true)} />`}
  </header>`;
}

function Count({ column, total, over }) {
  const { screen } = useBoard();
  const shown = screen.filtering.value ? screen.visibleIds(column.id).value.length : total;
  const limit = column.wip_limit;
  const words = [
    countOf(total, "card"),
    limit !== null && `limit ${limit}`,
    over && "over the limit",
    shown !== total && `${shown} shown`,
  ];
  const title = words.filter(Boolean).join(", ");
  return html`<span class=${over ? "column__count column__count--over" : "column__count"} title=${title}
    aria-label=${title} role="img">
    ${over && html`<${Icon} name="warning"
      small=${true} />`}${shown !== total && `${shown} of `}${total}${limit !== null && ` / ${limit}`}
  </span>`;
}
