import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { hasDraft } from "../drafts.js";
import { CardList } from "./card-list.js";
import { ColumnHeader } from "./column-header.js";
import { DraftBadge } from "./draft-badge.js";
import { Icon } from "./icon.js";
import { QuickAdd } from "./quick-add.js";

/**
 * Draw one column: header, its cards in a scroller, and a form to add one at the end.
 *
 * @param {{id: string}} props
 */
export function Column({ id }) {
  const { session, screen } = useBoard();
  /** @type {import("preact").RefObject<HTMLElement|null>} */
  const scroller = useRef(null);
  const column = session.column(id).value;
  if (!column) return null;
  const total = session.taskIds(id).value.length;
  const over = column.wip_limit !== null && total > column.wip_limit;
  return html`<section class=${over ? "column column--over" : "column"} data-column=${id}
    aria-labelledby=${`column-${id}`}>
    <${ColumnHeader} column=${column} total=${total} over=${over} />
    <div ref=${scroller} class="column__scroller">
      <${CardList} columnId=${id} scroller=${scroller} />
    </div>
    ${screen.canEdit.value && html`<${AddAtEnd} columnId=${id} />`}
  </section>`;
}

/** @param {{columnId: string}} props */
function AddAtEnd({ columnId }) {
  const { screen } = useBoard();
  const adding = screen.adding.value;
  if (adding?.columnId === columnId && adding.before === null)
    return html`<${QuickAdd} columnId=${columnId} before=${null} />`;
  const start = () => {
    screen.adding.value = { columnId, before: null };
  };
  return html`<button type="button" class="column__add" onClick=${start}><${Icon} name="plus"
    small=${true} />${t("Add card")}${hasDraft(`card ${columnId}`) && html`<${DraftBadge} />`}</button>`;
}
