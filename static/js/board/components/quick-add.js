import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { announce } from "../announce.js";
import { focusTask } from "../focus.js";

/** A new card's title; Enter adds it and waits for the next, several pasted lines make several cards. */
export function QuickAdd({ columnId, before }) {
  const { session, screen } = useBoard();
  const input = useRef(null);
  useLayoutEffect(() => {
    input.current.focus();
    input.current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  const close = () => {
    screen.typed = "";
    if (screen.adding.peek()?.columnId === columnId) screen.adding.value = null;
  };
  const add = (box) => {
    for (const title of lines(box.value)) {
      const ids = session.taskIds(columnId).peek();
      const after = (before ? ids[ids.indexOf(before) - 1] : ids.at(-1)) ?? null;
      screen.added = session.commands.createTask({ columnId, title, after, before });
      screen.keep(screen.added);
      announce(`Added ${title}`);
    }
    box.value = screen.typed = "";
    requestAnimationFrame(() => box.scrollIntoView({ block: "nearest" }));
  };
  const pressed = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") giveUp(screen, close, before);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    add(event.target);
  };
  /** Leaving keeps what was typed; being drawn anew elsewhere is not leaving. */
  const left = ({ target }) => {
    if (!target.isConnected || screen.adding.peek()?.columnId !== columnId) return;
    add(target);
    close();
  };
  return html`<div class="quick-add">
    <textarea ref=${input} class="quick-add__input" dir="auto" rows="2" maxlength="20000" placeholder="What needs doing?"
      aria-label="Title of the new card"
      defaultValue=${screen.typed} onInput=${(event) => (screen.typed = event.target.value)} onKeyDown=${pressed}
      onBlur=${left}></textarea>
    <p class="quick-add__hint"><kbd>Enter</kbd> adds, <kbd>Esc</kbd> closes</p>
  </div>`;
}

function giveUp(screen, close, before) {
  const target = screen.added ?? before;
  screen.added = null;
  close();
  if (target) focusTask(screen, target);
}

function lines(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().slice(0, 500))
    .filter(Boolean);
}
