import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS, excessOf } from "../../lib/length.js";
import { hasDraft, useDraft } from "../drafts.js";
import { DraftMark, DraftNote, useDiscard, useNote } from "./draft-mark.js";
import { Excess } from "./excess.js";

/**
 * Text that becomes an input when pressed: Enter or leaving saves what fits, Escape takes the typing back and
 * offers it.
 *
 * `draft` names what is typed, `onSave` gets it.
 */
export function InlineText({ value, label, editable, onSave, draft, kind = "", editing: wanted, onDone }) {
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => wanted && setOpen(true), [wanted]);
  const close = () => {
    setOpen(false);
    onDone?.();
  };
  if (!editable) return html`<span class=${`inline-text ${kind}`} dir="auto" title=${value}>${value}</span>`;
  const box = { value, label, onSave, kind, name: draft, onClose: close };
  if (open) return html`<${Box} ...${box} />`;
  return html`<button type="button" class=${`inline-text ${kind}`} dir="auto" title=${value}
    onClick=${() => setOpen(true)}>${value}${hasDraft(draft) && html`<${DraftMark} />`}</button>`;
}

function Box({ value, label, onSave, name, kind, onClose }) {
  const draft = useDraft(name, value, onSave);
  const [noted, setTyping] = useNote(draft.dirty);
  const [input, isOver, discard] = [useRef(null), useRef(false), useDiscard()];
  useLayoutEffect(() => {
    if (!draft.dirty) draft.begin();
    input.current.select();
  }, []);
  const leave = ({ target, relatedTarget }) => {
    const typed = target.value.trim();
    setTyping(false);
    if (isOver.current || !target.isConnected || relatedTarget?.closest(".draft-note")) return;
    if (excessOf(typed, LIMITS.title) > 0) return;
    draft.discard();
    if (typed && typed !== value && draft.isTouched) onSave(typed);
    onClose();
  };
  const giveUp = () => {
    isOver.current = true;
    discard(name);
    onClose();
  };
  const pressed = (event) => {
    event.stopPropagation();
    if (event.key === "Enter") input.current.blur();
    if (event.key !== "Escape") return;
    event.preventDefault();
    giveUp();
  };
  return html`<input ref=${input} class=${`input inline-text__input ${kind}`} value=${draft.text} dir="auto"
      aria-label=${label} data-draft=${draft.dirty || undefined}
      onInput=${(event) => (setTyping(true), draft.type(event.target.value))} onBlur=${leave} onKeyDown=${pressed} />
    <${Excess} text=${draft.text.trim()} limit=${LIMITS.title} />
    ${noted && html`<${DraftNote} of=${[name]} shown=${draft.dirty} onDiscard=${giveUp} />`}
    ${draft.conflict && html`<small class="field__hint">It says “<bdi>${value}</bdi>” now.</small>`}`;
}
