import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { goesInto, withValue } from "../../lib/events.js";
import { rich, t, tn } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { announce } from "../announce.js";
import { useBoard } from "../context.js";
import { useKeptText } from "../drafts.js";
import { focusTask, revealTask } from "../focus.js";
import { readLines } from "../lines.js";
import { DraftNote } from "./draft-badge.js";
import { LinesHint } from "./lines-hint.js";

/** @import { RefObject, TargetedFocusEvent, TargetedKeyboardEvent } from "preact" */

/**
 * Add cards by their titles; Enter adds one and waits for the next, several pasted lines make several cards. What doesn't
 * fit stays.
 *
 * @param {{columnId: string, before: string|null}} props `before`: the card to add in front of; null: at the end
 */
export function QuickAdd({ columnId, before }) {
  const { session, screen } = useBoard();
  /** @type {RefObject<HTMLTextAreaElement|null>} */
  const input = useRef(null);
  const [text, type] = useKeptText(`card ${columnId}`);
  const read = (/** @type {string} */ typed) =>
    readLines(typed, { room: LIMITS.tasks - session.taskCount(), word: "card" });
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  const close = () => {
    if (screen.adding.peek()?.columnId === columnId) screen.adding.value = null;
  };
  const add = (/** @type {HTMLTextAreaElement} */ box) => {
    const { titles, rest } = read(box.value);
    for (const title of titles) {
      const ids = session.taskIds(columnId).peek();
      const after = (before ? ids[ids.indexOf(before) - 1] : ids.at(-1)) ?? null;
      screen.added = session.commands.createTask({ columnId, title, after, before });
      screen.keep(screen.added);
    }
    if (titles.length > 0) announce(describeAdded(titles));
    type(rest);
    if (titles.length > 0 && screen.added) revealTask(screen, screen.added);
    requestAnimationFrame(() => box.scrollIntoView({ block: "nearest" }));
    return rest === "";
  };
  const cancel = () => {
    const isHere = screen.added && session.task(screen.added).peek()?.column_id === columnId;
    const target = isHere ? screen.added : before;
    screen.added = null;
    close();
    if (target) focusTask(screen, target);
  };
  const pressed = (/** @type {TargetedKeyboardEvent<HTMLTextAreaElement>} */ event) => {
    event.stopPropagation();
    if (event.key === "Escape") cancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    add(event.currentTarget);
  };
  /** Leaving keeps what was typed; being drawn anew elsewhere is not leaving. */
  const left = (/** @type {TargetedFocusEvent<HTMLTextAreaElement>} */ event) => {
    if (goesInto(event, ".draft-note")) return;
    if (!event.currentTarget.isConnected || screen.adding.peek()?.columnId !== columnId) return;
    if (add(event.currentTarget)) close();
  };
  const keys = { enter: html`<kbd>${t("Enter")}</kbd>`, escape: html`<kbd>${t("Esc")}</kbd>` };
  return html`<div class="quick-add">
    <textarea ref=${input} class="quick-add__input" dir="auto" rows="2" placeholder=${t("What needs doing?")}
      aria-label=${t("Title of the new card")} data-draft=${Boolean(text) || undefined}
      value=${text} onInput=${withValue(type)} onKeyDown=${pressed} onBlur=${left}></textarea>
    <${LinesHint} found=${read(text)} />
    <p class="quick-add__hint">${rich("{enter} adds, {escape} closes", keys)}
      ${text && html`<${DraftNote} of=${[`card ${columnId}`]} />`}</p>
  </div>`;
}

/** @param {string[]} titles of the new cards */
function describeAdded(titles) {
  if (titles.length === 1) return t("Added {title}", { title: titles[0] });
  return tn("Added {count} card", "Added {count} cards", titles.length);
}
