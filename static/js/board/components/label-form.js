import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { LABEL_COLORS } from "../colors.js";
import { useBoard } from "../context.js";
import { useKeptText } from "../drafts.js";
import { ColorChoice } from "./color-choice.js";
import { DraftNote } from "./draft-badge.js";
import { useShownBoard } from "./use-shown-board.js";

/** Return the key of what is typed into the form for a new label. @param {string} boardId */
export function labelDraftOf(boardId) {
  return `label ${boardId}`;
}

/**
 * Make a label.
 *
 * @param {{onCreate?: (id: string) => void}} props
 */
export function LabelForm({ onCreate }) {
  const { session } = useBoard();
  const used = session.labels.value.map((label) => label.color);
  const [color, setColor] = useState(LABEL_COLORS.find((one) => !used.includes(one)) ?? "blue");
  const draft = labelDraftOf(useShownBoard().id);
  const [name, setName] = useKeptText(draft);
  const create = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!name.trim()) return;
    const id = session.commands.createLabel({ name: name.trim(), color });
    setName("");
    onCreate?.(id);
  };
  return html`<form class="menu__form" onSubmit=${create}>
    <${ColorChoice} value=${color} label=${t("Colour of the new label")} onChange=${setColor} />
    <input class="input grow" dir="auto" name="name" data-limit=${LIMITS.name} placeholder=${t("New label")}
      aria-label=${t("Name of the new label")} value=${name} data-draft=${Boolean(name) || undefined}
      onInput=${withValue(setName)} autocomplete="off" />
    <button class="button button--small" type="submit">${t("Create")}</button>
    ${name && html`<${DraftNote} of=${[draft]} />`}
  </form>`;
}
