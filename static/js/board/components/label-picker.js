import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { hasDraft } from "../drafts.js";
import { DraftMark } from "./draft-mark.js";
import { LabelChip } from "./label-chip.js";
import { LabelForm, labelDraftOf } from "./label-form.js";
import { Popover } from "./popover.js";
import { useTaken } from "./use-taken.js";

/** A card's labels, and the panel that puts them on and takes them off. */
export function LabelPicker({ task, editable }) {
  const { session, screen } = useBoard();
  const isWanted = useTaken(screen, "labels");
  const labels = task.label_ids.map((id) => screen.labelsById.value.get(id)).filter(Boolean);
  const word = labels.length ? html`<span class="visually-hidden">Labels</span>` : "Add label";
  const words = hasDraft(labelDraftOf(session)) ? html`${word}<${DraftMark} />` : labels.length ? "" : word;
  const toggle = (id, on) => session.commands[on ? "labelTask" : "unlabelTask"](task.id, id);
  return html`<div class="chips">
    ${labels.map((label) => html`<${LabelChip} key=${label.id} label=${label} />`)}
    ${labels.length === 0 && !editable && html`<span class="muted">None</span>`}
    ${
      editable &&
      html`<${Popover} label="Labels" icon="plus" openAtOnce=${isWanted} text=${words}
        kind="button button--quiet button--small chips__add" panel="menu menu--wide">
      ${() => html`
        <p class="menu__title">Labels</p>
        ${session.labels.value.map(
          (label) => html`<label key=${label.id} class="menu__item">
            <input type="checkbox" checked=${task.label_ids.includes(label.id)}
              onChange=${(event) => toggle(label.id, event.target.checked)} />
            <${LabelChip} label=${label} />
          </label>`,
        )}
        <hr class="menu__rule" />
        <${LabelForm} onCreate=${(id) => toggle(id, true)} />`}
    <//>`
    }
  </div>`;
}
