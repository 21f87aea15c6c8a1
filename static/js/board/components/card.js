import { useComputed } from "@preact/signals";
import { html } from "htm/preact";
import { valuesOf } from "../../lib/collections.js";
import { tn } from "../../lib/i18n.js";
import { addressOf } from "../address.js";
import { inkOn } from "../colors.js";
import { useBoard } from "../context.js";
import { CardBadges } from "./card-badges.js";
import { CardMenu } from "./card-menu.js";
import { LabelChip } from "./label-chip.js";
import { CardEditors, CardViewers } from "./card-presence.js";

/**
 * Draw one card. A link, so that it opens in a new tab too; Tab reaches one card of the board, arrows the others.
 *
 * @param {{id: string}} props
 */
export function Card({ id }) {
  const { session, screen } = useBoard();
  const task = session.task(id).value;
  const mark = useComputed(() => screen.marks.value.get(id)).value;
  const tabIndex = useComputed(() => (screen.tabStop.value === id ? 0 : -1));
  if (!task) return null;
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    screen.openTask.value = id;
  };
  const focused = () => {
    screen.focused.value = id;
  };
  return html`<div role="listitem" class=${mark ? "card-slot card-slot--marked" : "card-slot"} data-slot=${id}
    style=${{ "--mark": mark?.color, "--mark-ink": mark && inkOn(mark.color) }}>
    <a class=${task.completed_at ? "card card--done" : "card"} href=${addressOf(id)} draggable="false"
      data-task=${id} tabindex=${tabIndex} aria-describedby="drag-help" onClick=${open} onFocus=${focused}>
      <span class="card__title" dir="auto">${task.title}</span><span class="visually-hidden">, </span>
      <${Labels} ids=${task.label_ids} />
      <${CardBadges} task=${task} />
      <${CardEditors} id=${id} />
    </a>
    <${CardViewers} id=${id} />
    ${mark && html`<span class="card__mark" aria-hidden="true" translate=${false}><bdi>${mark.name}</bdi></span>`}
    ${screen.canEdit.value && html`<${CardMenu} id=${id} />`}
  </div>`;
}

/** @param {{ids: string[]}} props */
function Labels({ ids }) {
  const { screen } = useBoard();
  const labels = valuesOf(screen.labelsById.value, ids);
  return (
    labels.length > 0 &&
    html`<span class="card__labels"><span class="visually-hidden">${tn("label", "labels", labels.length)} </span>
      ${labels.map(
        (label) => html`<${LabelChip} key=${label.id} label=${label} /><span
        class="visually-hidden">, </span>`,
      )}</span>`
  );
}
