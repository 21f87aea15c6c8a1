import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { LABEL_COLORS } from "../colors.js";
import { useKeptText } from "../drafts.js";
import { ColorChoice } from "./color-choice.js";
import { DraftNote } from "./draft-mark.js";

/** Names what is typed into the box for a new label. */
export function labelDraftOf(session) {
  return `label ${session.board.value.id}`;
}

/** Makes a label; `onCreate` gets its id. */
export function LabelForm({ onCreate }) {
  const { session } = useBoard();
  const used = session.labels.value.map((label) => label.color);
  const [color, setColor] = useState(LABEL_COLORS.find((one) => !used.includes(one)) ?? "blue");
  const draft = labelDraftOf(session);
  const [name, setName] = useKeptText(draft);
  const create = (event) => {
    event.preventDefault();
    if (!name.trim()) return;
    const id = session.commands.createLabel({ name: name.trim(), color });
    setName("");
    onCreate?.(id);
  };
  return html`<form class="menu__form" onSubmit=${create}>
    <${ColorChoice} value=${color} label="Colour of the new label" onChange=${setColor} />
    <input class="input grow" dir="auto" name="name" data-limit=${LIMITS.name} placeholder="New label" aria-label="Name of the new label"
      value=${name} data-draft=${Boolean(name) || undefined} onInput=${(event) => setName(event.target.value)}
      autocomplete="off" />
    <button class="button button--small" type="submit">Create</button>
    ${name && html`<${DraftNote} of=${[draft]} />`}
  </form>`;
}
