import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { LABEL_COLORS } from "../colors.js";
import { ColorChoice } from "./color-choice.js";

/** Makes a label; `onCreate` gets its id. */
export function LabelForm({ onCreate }) {
  const { session } = useBoard();
  const used = session.labels.value.map((label) => label.color);
  const [color, setColor] = useState(LABEL_COLORS.find((one) => !used.includes(one)) ?? "blue");
  const create = (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get("name").trim();
    if (!name) return;
    const id = session.commands.createLabel({ name, color });
    event.target.reset();
    onCreate?.(id);
  };
  return html`<form class="menu__form" onSubmit=${create}>
    <${ColorChoice} value=${color} label="Colour of the new label" onChange=${setColor} />
    <input class="input grow" dir="auto" name="name" data-limit=${LIMITS.name} placeholder="New label" aria-label="Name of the new label"
      autocomplete="off" />
    <button class="button button--small" type="submit">Create</button>
  </form>`;
}
