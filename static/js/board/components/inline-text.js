import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { goesInto } from "../../lib/events.js";
import { rich } from "../../lib/i18n.js";
import { LIMITS, excessOf } from "../../lib/length.js";
import { hasDraft, useDraft } from "../drafts.js";
import { DraftBadge, DraftNote, useDiscard, useNote } from "./draft-badge.js";
import { TooLong } from "./too-long.js";

/** @import { RefObject, TargetedFocusEvent, TargetedInputEvent } from "preact" */

/**
 * @typedef {{value: string, label: string, onSave: (text: string) => void, kind: string, draft: string,
 *   onClose: () => void}} InputProps   `draft`: the key of what is typed; `kind`: classes
 */

/**
 * Show a text that becomes an input when pressed: Enter or leaving saves what fits, Escape discards what was typed and
 * offers to put it back.
 *
 * @param {{value: string, label: string, editable: boolean, onSave: (text: string) => void, draft: string, kind?: string,
 *   editing?: boolean, onDone?: () => void}} props `draft`: the key of what is typed
 */
export function InlineText({ value, label, editable, onSave, draft, kind = "", editing, onDone }) {
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (editing) setOpen(true);
  }, [editing]);
  const close = () => {
    setOpen(false);
    onDone?.();
  };
  if (!editable) return html`<span class=${`inline-text ${kind}`} dir="auto" title=${value}>${value}</span>`;
  const input = { value, label, onSave, kind, draft, onClose: close };
  if (open) return html`<${Input} ...${input} />`;
  return html`<button type="button" class=${`inline-text ${kind}`} dir="auto" title=${value}
    onClick=${() => setOpen(true)}>${value}${hasDraft(draft) && html`<${DraftBadge} />`}</button>`;
}

/** @param {InputProps} props */
function Input({ value, label, onSave, draft: key, kind, onClose }) {
  const draft = useDraft(key, value, onSave);
  const [noted, setTyping] = useNote(draft.dirty);
  /** @type {RefObject<HTMLInputElement|null>} */
  const input = useRef(null);
  const isOver = useRef(false);
  const discard = useDiscard();
  useLayoutEffect(() => {
    if (!draft.dirty) draft.begin();
    input.current?.select();
  }, []);
  const typed = (/** @type {TargetedInputEvent<HTMLInputElement>} */ { currentTarget }) => {
    setTyping(true);
    draft.type(currentTarget.value);
  };
  const leave = (/** @type {TargetedFocusEvent<HTMLInputElement>} */ event) => {
    const text = event.currentTarget.value.trim();
    setTyping(false);
    if (isOver.current || !event.currentTarget.isConnected || goesInto(event, ".draft-note")) return;
    if (excessOf(text, LIMITS.title) > 0) return;
    draft.discard();
    if (text && text !== value && draft.isTouched) onSave(text);
    onClose();
  };
  const cancel = () => {
    isOver.current = true;
    discard(key);
    onClose();
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === "Enter") input.current?.blur();
    if (event.key !== "Escape") return;
    event.preventDefault();
    cancel();
  };
  return html`<input ref=${input} class=${`input inline-text__input ${kind}`} value=${draft.text} dir="auto"
      aria-label=${label} data-draft=${draft.dirty || undefined} onInput=${typed} onBlur=${leave}
      onKeyDown=${pressed} />
    <${TooLong} text=${draft.text.trim()} limit=${LIMITS.title} />
    ${noted && html`<${DraftNote} of=${[key]} shown=${draft.dirty} onDiscard=${cancel} />`}
    ${
      draft.conflict &&
      html`<small class="field__hint">${rich("It says “{text}” now.", { text: html`<bdi>${value}</bdi>` })}</small>`
    }`;
}
