import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS, excessOf } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { revealColumn } from "../focus.js";
import { useKeptText } from "../drafts.js";
import { DraftMark, DraftNote } from "./draft-mark.js";
import { Excess } from "./excess.js";
import { Icon } from "./icon.js";

/** The form after the last column; stays open for the next one. */
export function AddColumn({ first }) {
  const { session } = useBoard();
  const name = `column ${session.board.value.id}`;
  const [title, setTitle] = useKeptText(name);
  const [open, setOpen] = useState(first);
  const input = useRef(null);
  useLayoutEffect(() => input.current?.focus({ preventScroll: first }), [open]);
  const add = (event) => {
    event.preventDefault();
    if (!title.trim() || excessOf(title.trim(), LIMITS.title) > 0) return;
    const after = session.columnIds.peek().at(-1) ?? null;
    const id = session.commands.createColumn({ title: title.trim(), after });
    setTitle("");
    requestAnimationFrame(() => revealColumn(id));
  };
  if (!open) {
    return html`<button type="button" class="add-column" onClick=${() => setOpen(true)}><${Icon}
      name="plus" />Add column${title && html`<${DraftMark} />`}</button>`;
  }
  return html`<form class="add-column add-column--open" onSubmit=${add}>
    ${first && html`<p class="add-column__hint">An empty board. What is the first stage of your work?</p>`}
    <input ref=${input} class="input" dir="auto" value=${title}
      placeholder=${first ? "e.g. To do" : "Column title"} aria-label="Column title"
      data-draft=${Boolean(title) || undefined}
      onInput=${(event) => setTitle(event.target.value)}
      onKeyDown=${(event) => event.key === "Escape" && !first && setOpen(false)} />
    <${Excess} text=${title.trim()} limit=${LIMITS.title} />
    <div class="row">
      <button class="button button--primary" type="submit">Add column</button>
      ${!first && html`<button class="button button--quiet" type="button"
        onClick=${() => setOpen(false)}>Cancel</button>`}
      ${title && html`<${DraftNote} of=${[name]} />`}
    </div>
  </form>`;
}
