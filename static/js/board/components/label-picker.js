import { html } from "htm/preact";
import { valuesOf } from "../../lib/collections.js";
import { withChecked } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { hasDraft } from "../drafts.js";
import { DraftBadge } from "./draft-badge.js";
import { LabelChip } from "./label-chip.js";
import { LabelForm, labelDraftOf } from "./label-form.js";
import { Popover } from "./popover.js";
import { useShownBoard } from "./use-shown-board.js";
import { useOpenedFor } from "./use-opened-for.js";

/**
 * Show a card's labels, and a panel that adds and removes them.
 *
 * @param {{task: import("../types.js").Task, editable: boolean}} props
 */
export function LabelPicker({ task, editable }) {
  const { session, screen } = useBoard();
  const isWanted = useOpenedFor(screen, "labels");
  const labels = valuesOf(screen.labelsById.value, task.label_ids);
  const word = labels.length ? html`<span class="visually-hidden">${t("Labels")}</span>` : t("Add label");
  const isDraft = hasDraft(labelDraftOf(useShownBoard().id));
  const words = isDraft ? html`${word}<${DraftBadge} />` : labels.length ? "" : word;
  const toggle = (/** @type {string} */ id, /** @type {boolean} */ on) =>
    session.commands[on ? "labelTask" : "unlabelTask"](task.id, id);
  const draw = () => html`
    <p class="menu__title">${t("Labels")}</p>
    ${session.labels.value.map(
      (label) => html`<label key=${label.id} class="menu__item">
        <input type="checkbox" checked=${task.label_ids.includes(label.id)}
          onChange=${withChecked((on) => toggle(label.id, on))} />
        <${LabelChip} label=${label} />
      </label>`,
    )}
    <hr class="menu__rule" />
    <${LabelForm} onCreate=${(/** @type {string} */ id) => toggle(id, true)} />`;
  return html`<div class="chips">
    ${labels.map((label) => html`<${LabelChip} key=${label.id} label=${label} />`)}
    ${labels.length === 0 && !editable && html`<span class="muted">${t("None")}</span>`}
    ${
      editable &&
      html`<${Popover} label=${t("Labels")} icon="plus" openAtOnce=${isWanted} text=${words}
        kind="button button--quiet button--small chips__add" panel="menu menu--wide">${draw}<//>`
    }
  </div>`;
}
