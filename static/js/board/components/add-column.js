import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { LIMITS, excessOf } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { revealColumn } from "../focus.js";
import { useKeptText } from "../drafts.js";
import { DraftBadge, DraftNote } from "./draft-badge.js";
import { TooLong } from "./too-long.js";
import { Icon } from "./icon.js";
import { useShownBoard } from "./use-shown-board.js";

/**
 * Add columns after the last one; the form stays open for the next.
 *
 * @param {{first: boolean}} props `first`: the board has no column yet
 */
export function AddColumn({ first }) {
  const { session } = useBoard();
  const draft = `column ${useShownBoard().id}`;
  const [title, setTitle] = useKeptText(draft);
  const [open, setOpen] = useState(first);
  /** @type {import("preact").RefObject<HTMLInputElement|null>} */
  const input = useRef(null);
  useLayoutEffect(() => input.current?.focus({ preventScroll: first }), [open]);
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!title.trim() || excessOf(title.trim(), LIMITS.title) > 0) return;
    const after = session.columnIds.peek().at(-1) ?? null;
    const id = session.commands.createColumn({ title: title.trim(), after });
    setTitle("");
    requestAnimationFrame(() => revealColumn(id));
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !first) setOpen(false);
  };
  if (!open) {
    return html`<button type="button" class="add-column" onClick=${() => setOpen(true)}><${Icon}
      name="plus" />${t("Add column")}${title && html`<${DraftBadge} />`}</button>`;
  }
  return html`<form class="add-column add-column--open" onSubmit=${add}>
    ${
      first &&
      html`<p class="add-column__hint">${t("An empty board. What is the first stage of your work?")}</p>`
    }
    <input ref=${input} class="input" dir="auto" value=${title}
      placeholder=${first ? t("e.g. To do") : t("Column title")} aria-label=${t("Column title")}
      data-draft=${Boolean(title) || undefined} onInput=${withValue(setTitle)} onKeyDown=${pressed} />
    <${TooLong} text=${title.trim()} limit=${LIMITS.title} />
    <div class="row">
      <button class="button button--primary" type="submit">${t("Add column")}</button>
      ${
        !first &&
        html`<button class="button button--quiet" type="button"
          onClick=${() => setOpen(false)}>${t("Cancel")}</button>`
      }
      ${title && html`<${DraftNote} of=${[draft]} />`}
    </div>
  </form>`;
}
