import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { ColorChoice } from "./color-choice.js";
import { Icon } from "./icon.js";
import { LabelChip } from "./label-chip.js";
import { LabelForm } from "./label-form.js";

/** All labels of the board: rename, recolour, delete, add. */
export function LabelsSheet() {
  const { session, screen } = useBoard();
  const labels = session.labels.value;
  if (!screen.canEdit.value)
    return html`<div class="row">${labels.map((label) => html`<${LabelChip} key=${label.id} label=${label} />`)}</div>`;
  return html`
    <ul class="rows">${labels.map((label) => html`<${LabelRow} key=${label.id} label=${label} />`)}</ul>
    ${labels.length === 0 && html`<p class="muted">No labels yet.</p>`}
    <section class="stack stack--tight"><h3>New label</h3><${LabelForm} /></section>`;
}

function LabelRow({ label }) {
  const { session, screen } = useBoard();
  const update = (fields) => session.commands.updateLabel(label.id, fields);
  const rename = (event) => {
    const name = event.target.value.trim();
    if (event.target.validity.valid && name !== label.name) update({ name });
  };
  const remove = async () => {
    const question = {
      title: `Delete the label “${label.name || label.color}”?`,
      text: "It is taken off every card.",
      yes: "Delete label",
    };
    if (await screen.confirm(question)) session.commands.deleteLabel(label.id);
  };
  return html`<li class="rows__row label-row">
    <${ColorChoice} value=${label.color} label=${`Colour of ${label.name || label.color}`}
      onChange=${(color) => update({ color })} />
    <input class="input grow" dir="auto" value=${label.name} data-limit=${LIMITS.name} placeholder="No name" aria-label="Label name"
      onChange=${rename} />
    <button type="button" class="button button--quiet button--icon" aria-label=${`Delete ${label.name || label.color}`}
      onClick=${remove}><${Icon} name="trash" /></button>
  </li>`;
}
