import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useKeptText } from "../drafts.js";
import { readLines } from "../lines.js";
import { DraftBadge, DraftNote } from "./draft-badge.js";
import { Icon } from "./icon.js";
import { LinesHint } from "./lines-hint.js";

/**
 * Show a button that becomes a one-line form; Enter adds and waits for the next line, several pasted lines add several.
 *
 * @param {{button: string, placeholder: string, word: import("../lines.js").Word, room: number, draft: string,
 *   onAdd: (titles: string[]) => void}} props `word`: what a line makes; `room`: how many more there may be; `draft`: the
 *   key of what is typed
 */
export function AddLinesForm({ button, placeholder, word, room, draft, onAdd }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useKeptText(draft);
  /** @type {import("preact").RefObject<HTMLTextAreaElement|null>} */
  const input = useRef(null);
  useLayoutEffect(() => {
    if (open) input.current?.focus();
  }, [open]);
  const found = readLines(text, { room, word });
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (found.titles.length > 0) onAdd(found.titles);
    setText(found.rest);
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey) add(event);
    if (event.key !== "Escape") return;
    event.preventDefault();
    setOpen(false);
  };
  if (!open)
    return html`<button type="button" class="button button--quiet button--small line-form"
      onClick=${() => setOpen(true)}><${Icon} name="plus" small=${true} />${button}${
        text && html`<${DraftBadge} />`
      }</button>`;
  return html`<form class="line-form line-form--open" onSubmit=${add}>
    <textarea ref=${input} class="input line-form__input grow" dir="auto" rows="1" value=${text}
      placeholder=${placeholder} aria-label=${placeholder} data-draft=${Boolean(text) || undefined}
      autocomplete="off" onInput=${withValue(setText)} onKeyDown=${pressed}></textarea>
    <button class="button" type="submit">${t("Add")}</button>
    <button class="button button--quiet" type="button" onClick=${() => setOpen(false)}>${t("Close")}</button>
    ${text && html`<${DraftNote} of=${[draft]} />`}
    <${LinesHint} found=${found} />
  </form>`;
}
