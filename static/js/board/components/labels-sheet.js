import { html } from "htm/preact";
import { goesInto } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { ColorChoice } from "./color-choice.js";
import { colorName } from "./color-names.js";
import { DraftNote, useNote } from "./draft-badge.js";
import { Icon } from "./icon.js";
import { LabelChip } from "./label-chip.js";
import { LabelForm } from "./label-form.js";

/**
 * @import { TargetedFocusEvent, TargetedInputEvent, TargetedKeyboardEvent } from "preact"
 * @import { Label } from "../types.js"
 */

/** List the labels of the board: rename, recolour, delete, add. */
export function LabelsSheet() {
  const { session, screen } = useBoard();
  const labels = session.labels.value;
  if (!screen.canEdit.value)
    return html`<div class="row">${labels.map((label) => html`<${LabelChip} key=${label.id} label=${label} />`)}</div>`;
  return html`
    <ul class="rows">${labels.map((label) => html`<${LabelRow} key=${label.id} label=${label} />`)}</ul>
    ${labels.length === 0 && html`<p class="muted">${t("No labels yet.")}</p>`}
    <section class="stack stack--tight"><h3>${t("New label")}</h3><${LabelForm} /></section>`;
}

/** @param {{label: Label}} props */
function LabelRow({ label }) {
  const { session, screen } = useBoard();
  const shownName = label.name || colorName(label.color);
  const update = (/** @type {{name?: string, color?: string}} */ fields) =>
    session.commands.updateLabel(label.id, fields);
  const remove = async () => {
    const question = {
      title: t("Delete the label “{name}”?", { name: shownName }),
      text: t("It is taken off every card."),
      yes: t("Delete label"),
    };
    if (await screen.confirm(question)) session.commands.deleteLabel(label.id);
  };
  return html`<li class="rows__row label-row">
    <${ColorChoice} value=${label.color} label=${t("Colour of {name}", { name: shownName })}
      onChange=${(/** @type {string} */ color) => update({ color })} />
    <${NameField} label=${label} onSave=${(/** @type {string} */ name) => update({ name })} />
    <button type="button" class="button button--quiet button--icon"
      aria-label=${t("Delete {name}", { name: shownName })} onClick=${remove}><${Icon} name="trash" /></button>
  </li>`;
}

/** @param {{label: Label, onSave: (name: string) => void}} props */
function NameField({ label, onSave }) {
  const draft = useDraft(`label-name ${label.id}`, label.name, (text) => {
    const name = text.trim();
    if (name !== label.name) onSave(name);
  });
  const [noted, setTyping] = useNote(draft.dirty);
  const typed = (/** @type {TargetedInputEvent<HTMLInputElement>} */ { currentTarget }) => {
    setTyping(true);
    draft.type(currentTarget.value);
  };
  const leave = (/** @type {TargetedFocusEvent<HTMLInputElement>} */ event) => {
    const field = event.currentTarget;
    setTyping(false);
    if (field.isConnected && field.validity.valid && !goesInto(event, ".draft-note")) draft.commit();
  };
  const pressed = (/** @type {TargetedKeyboardEvent<HTMLInputElement>} */ { key, currentTarget }) => {
    if (key === "Enter") currentTarget.blur();
  };
  return html`<input class="input grow" dir="auto" value=${draft.text} data-limit=${LIMITS.name}
      placeholder=${t("No name")} aria-label=${t("Label name")} data-draft=${draft.dirty || undefined}
      onInput=${typed} onBlur=${leave} onKeyDown=${pressed} />
    ${noted && html`<${DraftNote} of=${[draft.key]} shown=${draft.dirty} />`}`;
}
