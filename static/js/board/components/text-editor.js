import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { excessOf } from "../../lib/length.js";
import { DraftNote } from "./draft-mark.js";
import { Excess } from "./excess.js";
import { MarkdownText } from "./markdown-text.js";

/**
 * Writes Markdown, with a preview. Ctrl+Enter saves; Escape leaves the box and keeps what is in it.
 *
 * `draft` names what is typed; `dirty` says that there is something nobody has.
 */
export function TextEditor({
  text,
  draft,
  dirty,
  label,
  save,
  blocked: isBlocked,
  onType,
  onSave,
  onCancel,
  limit,
  placeholder,
  focus = true,
}) {
  const blocked = isBlocked || excessOf(text, limit) > 0;
  const [preview, setPreview] = useState(false);
  const box = useRef(null);
  useLayoutEffect(() => focus && box.current?.focus(), []);
  const pressed = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !blocked) onSave();
    if (event.key !== "Escape") return;
    event.preventDefault();
    box.current.blur();
  };
  const tab = (word, on, show) =>
    html`<button type="button" class="tab" aria-pressed=${on} onClick=${() => setPreview(show)}>${word}</button>`;
  return html`<div class="editor">
    <div class="editor__tabs">${tab("Write", !preview, false)}${tab("Preview", preview, true)}<span
      class="editor__hint">Markdown</span></div>
    ${preview && html`<div class="editor__preview"><${MarkdownText} text=${text || "Nothing to preview"} /></div>`}
    <textarea ref=${box} class="input editor__text" dir="auto" aria-label=${label} hidden=${preview}
      placeholder=${placeholder} value=${text} data-draft=${dirty || undefined}
      onInput=${(event) => onType(event.target.value)} onKeyDown=${pressed}></textarea>
    <${Excess} text=${text} limit=${limit} />
    <div class="row">
      <button type="button" class="button button--primary" disabled=${blocked} onClick=${onSave}>${save}</button>
      ${onCancel && html`<button type="button" class="button button--quiet" onClick=${onCancel}>Cancel</button>`}
      ${dirty && html`<${DraftNote} of=${[draft]} onDiscard=${onCancel} />`}
      <span class="editor__hint"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
    </div>
  </div>`;
}
