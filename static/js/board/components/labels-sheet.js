import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { ColorChoice } from "./color-choice.js";
import { DraftNote, useNote } from "./draft-mark.js";
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
  const draft = useDraft(`label-name ${label.id}`, label.name, (typed) => {
    const name = typed.trim();
    if (name !== label.name) update({ name });
  });
  const [noted, setTyping] = useNote(draft.dirty);
  const rename = ({ target, relatedTarget }) => {
    setTyping(false);
    if (target.isConnected && target.validity.valid && !relatedTarget?.closest(".draft-note")) draft.commit();
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
    <input class="input grow" dir="auto" value=${draft.text} data-limit=${LIMITS.name} placeholder="No name" aria-label="Label name"
      data-draft=${draft.dirty || undefined}
      onInput=${(event) => (setTyping(true), draft.type(event.target.value))} onBlur=${rename}
      onKeyDown=${(event) => event.key === "Enter" && event.target.blur()} />
    ${noted && html`<${DraftNote} of=${[draft.key]} shown=${draft.dirty} />`}
    <button type="button" class="button button--quiet button--icon" aria-label=${`Delete ${label.name || label.color}`}
      onClick=${remove}><${Icon} name="trash" /></button>
  </li>`;
}
