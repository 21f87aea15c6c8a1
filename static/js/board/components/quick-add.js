import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { announce } from "../announce.js";
import { focusTask } from "../focus.js";

/** A new card's title; Enter adds it and waits for the next, several pasted lines make several cards. */
export function QuickAdd({ columnId, before }) {
  const { session, screen } = useBoard();
  const input = useRef(null);
  const last = useRef(null);
  useEffect(() => {
    input.current.focus();
    input.current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  const close = (refocus) => {
    if (screen.adding.peek()?.columnId === columnId) screen.adding.value = null;
    const target = last.current ?? before;
    if (refocus && target) focusTask(screen, target);
  };
  const add = (text) => {
    for (const title of lines(text)) {
      const ids = session.taskIds(columnId).peek();
      const after = (before ? ids[ids.indexOf(before) - 1] : ids.at(-1)) ?? null;
      last.current = session.commands.createTask({ columnId, title, after, before });
      screen.keep(last.current);
      announce(`Added ${title}`);
    }
    input.current.value = "";
    requestAnimationFrame(() => input.current?.scrollIntoView({ block: "nearest" }));
  };
  const pressed = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(true);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    add(input.current.value);
  };
  const left = () => {
    add(input.current.value);
    close(false);
  };
  return html`<div class="quick-add">
    <textarea ref=${input} class="quick-add__input" rows="2" maxlength="20000" placeholder="What needs doing?" aria-label="Title of the new card"
      onKeyDown=${pressed} onBlur=${left}></textarea>
    <p class="quick-add__hint"><kbd>Enter</kbd> adds, <kbd>Esc</kbd> closes</p>
  </div>`;
}

function lines(text) {
  return text.split(/\r?\n/).map((line) => line.trim().slice(0, 500)).filter(Boolean);
}
