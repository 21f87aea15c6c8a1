import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS, excessOf } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { Excess } from "./excess.js";
import { Icon } from "./icon.js";

/** The form after the last column; stays open for the next one. */
export function AddColumn({ first }) {
  const { session } = useBoard();
  const [title, setTitle] = useState(first ? "" : null);
  const input = useRef(null);
  useLayoutEffect(() => input.current?.focus({ preventScroll: first }), [title === null]);
  const add = (event) => {
    event.preventDefault();
    if (!title.trim() || excessOf(title.trim(), LIMITS.title) > 0) return;
    session.commands.createColumn({ title: title.trim(), after: session.columnIds.peek().at(-1) ?? null });
    setTitle("");
    requestAnimationFrame(() => input.current?.scrollIntoView({ inline: "nearest", behavior: "smooth" }));
  };
  if (title === null) {
    return html`<button type="button" class="add-column" onClick=${() => setTitle("")}><${Icon}
      name="plus" />Add column</button>`;
  }
  return html`<form class="add-column add-column--open" onSubmit=${add}>
    ${first && html`<p class="add-column__hint">An empty board. What is the first stage of your work?</p>`}
    <input ref=${input} class="input" dir="auto" value=${title}
      placeholder=${first ? "e.g. To do" : "Column title"} aria-label="Column title"
      onInput=${(event) => setTitle(event.target.value)}
      onKeyDown=${(event) => event.key === "Escape" && !first && setTitle(null)} />
    <${Excess} text=${title.trim()} limit=${LIMITS.title} />
    <div class="row">
      <button class="button button--primary" type="submit">Add column</button>
      ${!first && html`<button class="button button--quiet" type="button"
        onClick=${() => setTitle(null)}>Cancel</button>`}
    </div>
  </form>`;
}
