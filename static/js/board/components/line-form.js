import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.js";

/** A button that becomes a one-line form; Enter adds and waits for the next line. */
export function LineForm({ button, placeholder, onAdd }) {
  const [open, setOpen] = useState(false);
  const input = useRef(null);
  useLayoutEffect(() => open && input.current.focus(), [open]);
  const add = (event) => {
    event.preventDefault();
    const text = input.current.value.trim();
    if (text) onAdd(text);
    input.current.value = "";
  };
  const pressed = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    setOpen(false);
  };
  if (!open)
    return html`<button type="button" class="button button--quiet button--small line-form"
      onClick=${() => setOpen(true)}><${Icon} name="plus" small=${true} />${button}</button>`;
  return html`<form class="line-form line-form--open" onSubmit=${add}>
    <input ref=${input} class="input grow" dir="auto" maxlength="500" placeholder=${placeholder} aria-label=${placeholder}
      autocomplete="off" onKeyDown=${pressed} />
    <button class="button" type="submit">Add</button>
    <button class="button button--quiet" type="button" onClick=${() => setOpen(false)}>Close</button>
  </form>`;
}
