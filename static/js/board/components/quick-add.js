import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { announce } from "../announce.js";
import { useKeptText } from "../drafts.js";
import { focusTask, revealTask } from "../focus.js";
import { readLines } from "../lines.js";
import { countOf } from "../wording.js";
import { DraftNote } from "./draft-mark.js";
import { LinesHint } from "./lines-hint.js";

/** A new card's title; Enter adds it and waits for the next, several pasted lines make several cards. What doesn't fit stays. */
export function QuickAdd({ columnId, before }) {
  const { session, screen } = useBoard();
  const input = useRef(null);
  const [text, type] = useKeptText(`card ${columnId}`);
  const read = (typed) => readLines(typed, { room: LIMITS.tasks - session.taskCount(), word: "card" });
  useLayoutEffect(() => {
    input.current.focus();
    input.current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  const close = () => {
    if (screen.adding.peek()?.columnId === columnId) screen.adding.value = null;
  };
  const add = (box) => {
    const { titles, rest } = read(box.value);
    for (const title of titles) {
      const ids = session.taskIds(columnId).peek();
      const after = (before ? ids[ids.indexOf(before) - 1] : ids.at(-1)) ?? null;
      screen.added = session.commands.createTask({ columnId, title, after, before });
      screen.keep(screen.added);
    }
    if (titles.length > 0) announce(`Added ${titles.length === 1 ? titles[0] : countOf(titles.length, "card")}`);
    type(rest);
    if (titles.length > 0) revealTask(screen, screen.added);
    requestAnimationFrame(() => box.scrollIntoView({ block: "nearest" }));
    return rest === "";
  };
  const pressed = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") giveUp({ session, screen }, close, columnId, before);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    add(event.target);
  };
  /** Leaving keeps what was typed; being drawn anew elsewhere is not leaving. */
  const left = ({ target, relatedTarget }) => {
    if (relatedTarget?.closest(".draft-note")) return;
    if (!target.isConnected || screen.adding.peek()?.columnId !== columnId) return;
    if (add(target)) close();
  };
  return html`<div class="quick-add">
    <textarea ref=${input} class="quick-add__input" dir="auto" rows="2" placeholder="What needs doing?"
      aria-label="Title of the new card" data-draft=${Boolean(text) || undefined}
      value=${text} onInput=${(event) => type(event.target.value)} onKeyDown=${pressed}
      onBlur=${left}></textarea>
    <${LinesHint} found=${read(text)} />
    <p class="quick-add__hint"><kbd>Enter</kbd> adds, <kbd>Esc</kbd> closes
      ${text && html`<${DraftNote} of=${[`card ${columnId}`]} />`}</p>
  </div>`;
}

function giveUp({ session, screen }, close, columnId, before) {
  const isHere = screen.added && session.task(screen.added).peek()?.column_id === columnId;
  const target = isHere ? screen.added : before;
  screen.added = null;
  close();
  if (target) focusTask(screen, target);
}
