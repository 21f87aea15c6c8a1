import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS, excessOf } from "../../lib/length.js";
import { Excess } from "./excess.js";

/** Text that becomes an input when pressed: Enter or leaving keeps what fits, Escape gives up. */
export function InlineText({ value, label, editable, onSave, kind = "", editing: wanted, onDone }) {
  const [draft, setDraft] = useState(null);
  const input = useRef(null);
  useLayoutEffect(() => wanted && setDraft(value), [wanted]);
  useLayoutEffect(() => draft !== null && input.current?.select(), [draft !== null]);
  const finish = (text) => {
    setDraft(null);
    onDone?.();
    if (text && text !== value) onSave(text);
  };
  const leave = () => {
    if (excessOf(draft.trim(), LIMITS.title) === 0) finish(draft.trim());
  };
  const pressed = (event) => {
    event.stopPropagation();
    if (event.key === "Enter") input.current.blur();
    if (event.key !== "Escape") return;
    event.preventDefault();
    finish(null);
  };
  if (draft !== null && editable) {
    return html`<input ref=${input} class=${`input inline-text__input ${kind}`} value=${draft} dir="auto"
      aria-label=${label}
      onInput=${(event) => setDraft(event.target.value)} onBlur=${({ target }) => target.isConnected && leave()} onKeyDown=${pressed} />
      <${Excess} text=${draft.trim()} limit=${LIMITS.title} />`;
  }
  if (!editable) return html`<span class=${`inline-text ${kind}`} dir="auto" title=${value}>${value}</span>`;
  return html`<button type="button" class=${`inline-text ${kind}`} dir="auto" title=${value}
    onClick=${() => setDraft(value)}>${value}</button>`;
}
