import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { useBoard } from "../context.js";
import { focusTask } from "../focus.js";
import { Icon } from "./icon.js";
import { Modal } from "./modal.js";
import { TaskContent } from "./task-content.js";

/** The open card, if there is one. */
export function TaskDialog() {
  const { screen } = useBoard();
  const id = screen.openTask.value;
  return id && html`<${OpenTask} key=${id} id=${id} />`;
}

function OpenTask({ id }) {
  const { session, screen } = useBoard();
  const task = session.task(id).value;
  const close = () => (screen.openTask.value = null);
  useEffect(() => {
    session.setPresence(id, "view");
    return () => {
      session.setPresence(null, null);
      if (session.task(id).peek()) focusTask(screen, id);
    };
  }, []);
  return html`<${Modal} kind="modal--task" label=${task?.title ?? "Card"} onClose=${close}>
    <button type="button" class="modal__close button button--quiet button--icon" aria-label="Close"
      onClick=${close}><${Icon} name="close" /></button>
    ${task ? html`<${TaskContent} task=${task} />` : html`<${Missing} onClose=${close} />`}
  <//>`;
}

function Missing({ onClose }) {
  return html`<div class="modal__body stack">
    <h2>This card isn't here any more</h2>
    <p class="muted">Somebody deleted it, or the address names a card of another board.</p>
    <div class="row row--end"><button type="button" class="button button--primary"
      onClick=${onClose}>Back to the board</button></div>
  </div>`;
}
