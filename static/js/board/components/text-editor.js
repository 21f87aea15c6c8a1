import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { excessOf } from "../../lib/length.js";
import { DraftNote } from "./draft-badge.js";
import { TooLong } from "./too-long.js";
import { MarkdownText } from "./markdown-text.js";

/**
 * Edit Markdown, with a preview. Ctrl+Enter saves; Escape leaves the field and keeps what is in it.
 *
 * @param {Object} props
 * @param {string} props.text
 * @param {string} props.draft the key of what is typed
 * @param {boolean} props.dirty whether there is something that is not saved
 * @param {string} props.label
 * @param {string} props.save the words on the button that saves
 * @param {boolean} props.blocked whether it can't be saved now
 * @param {(text: string) => void} props.onType
 * @param {() => void} props.onSave
 * @param {() => void} [props.onCancel]
 * @param {number} props.limit in code points
 * @param {string} [props.placeholder]
 * @param {boolean} [props.focus]
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
  /** @type {import("preact").RefObject<HTMLTextAreaElement|null>} */
  const box = useRef(null);
  useLayoutEffect(() => {
    if (focus) box.current?.focus();
  }, []);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !blocked) onSave();
    if (event.key !== "Escape") return;
    event.preventDefault();
    box.current?.blur();
  };
  return html`<div class="editor">
    <div class="editor__tabs">
      <button type="button" class="tab" aria-pressed=${!preview}
        onClick=${() => setPreview(false)}>${t("Write")}</button>
      <button type="button" class="tab" aria-pressed=${preview}
        onClick=${() => setPreview(true)}>${t("Preview")}</button>
      <span class="editor__hint">${t("Markdown")}</span></div>
    ${preview && html`<div class="editor__preview"><${MarkdownText} text=${text || t("Nothing to preview")} /></div>`}
    <textarea ref=${box} class="input editor__text" dir="auto" aria-label=${label} hidden=${preview}
      placeholder=${placeholder} value=${text} data-draft=${dirty || undefined}
      onInput=${withValue(onType)} onKeyDown=${pressed}></textarea>
    <${TooLong} text=${text} limit=${limit} />
    <div class="row">
      <button type="button" class="button button--primary" disabled=${blocked} onClick=${onSave}>${save}</button>
      ${
        onCancel &&
        html`<button type="button" class="button button--quiet" onClick=${onCancel}>${t("Cancel")}</button>`
      }
      ${dirty && html`<${DraftNote} of=${[draft]} onDiscard=${onCancel} />`}
      <span class="editor__hint"><kbd>${t("Ctrl")}</kbd> <kbd>${t("Enter")}</kbd></span>
    </div>
  </div>`;
}
