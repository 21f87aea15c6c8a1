import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { goesInto } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { LIMITS, excessOf } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { ConflictBar } from "./conflict-bar.js";
import { DraftNote, useDiscard, useNote } from "./draft-badge.js";
import { TooLong } from "./too-long.js";
import { useOpenedFor } from "./use-opened-for.js";

/**
 * @import { RefObject, TargetedFocusEvent, TargetedInputEvent } from "preact"
 * @import { Task } from "../types.js"
 */

/**
 * Show the title, edited in place: Enter, or leaving after typing, saves; Escape discards what was typed and offers to put
 * it back. A draft that was found is not saved by a focus that comes and goes, as while a dialog opens.
 *
 * @param {{task: Task}} props
 */
export function TaskTitle({ task }) {
  const { session, screen } = useBoard();
  /** @type {RefObject<HTMLTextAreaElement|null>} */
  const box = useRef(null);
  const isMeant = useRef(false);
  const draft = useDraft(`title ${task.id}`, task.title, (title) =>
    session.commands.editTask(task.id, { title }),
  );
  const isWanted = useOpenedFor(screen, "title");
  const [noted, setTyping] = useNote(draft.dirty);
  const discard = useDiscard();
  useEffect(() => {
    if (!isWanted) return;
    box.current?.focus();
    box.current?.select();
  }, []);
  useEffect(() => fitHeight(box.current), [draft.text, screen.canEdit.value]);
  const leave = (/** @type {TargetedFocusEvent<HTMLTextAreaElement>} */ event) => {
    setTyping(false);
    if (!isMeant.current || goesInto(event, ".draft-note")) return;
    if (draft.conflict || !event.currentTarget.isConnected) return;
    if (excessOf(draft.text.trim(), LIMITS.title) > 0) return;
    isMeant.current = false;
    if (draft.text.trim()) draft.commit();
    else draft.discard();
  };
  const typed = (/** @type {TargetedInputEvent<HTMLTextAreaElement>} */ { currentTarget }) => {
    isMeant.current = true;
    setTyping(true);
    draft.type(currentTarget.value.replace(/\n/g, " "));
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      isMeant.current = true;
      box.current?.blur();
    }
    if (event.key === "Escape" && draft.dirty) {
      event.preventDefault();
      discard(draft.key);
    }
  };
  if (!screen.canEdit.value) return html`<h2 class="task__title" dir="auto">${task.title}</h2>`;
  return html`<h2 class="visually-hidden">${task.title}</h2>
    <textarea ref=${box} class="task__title input input--bare" dir="auto" rows="1" aria-label=${t("Title")}
      data-draft=${draft.dirty || undefined} value=${draft.text} onInput=${typed} onBlur=${leave}
      onKeyDown=${pressed}></textarea>
    <${TooLong} text=${draft.text.trim()} limit=${LIMITS.title} />
    ${draft.conflict && html`<${ConflictBar} task=${task} field="title" draft=${draft} theirs=${task.title} />`}
    ${noted && html`<${DraftNote} of=${[draft.key]} shown=${draft.dirty} />`}`;
}

/** Make a text area as tall as what it holds. @param {HTMLElement|null} box */
function fitHeight(box) {
  if (!box) return;
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + 2}px`;
}
