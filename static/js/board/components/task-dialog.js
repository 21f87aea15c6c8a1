import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { addressOf } from "../address.js";
import { useBoard } from "../context.js";
import { focusTask } from "../focus.js";
import { Icon } from "./icon.js";
import { MissingTask } from "./missing-task.js";
import { Modal } from "./modal.js";
import { TaskContent } from "./task-content.js";

/** The open card, if there is one; what the address names and isn't there is said. */
export function TaskDialog() {
  const { screen } = useBoard();
  const id = screen.openTask.value;
  if (id) return html`<${OpenTask} key=${id} id=${id} />`;
  const number = screen.missing.value;
  return number !== null && html`<${NoSuchNumber} number=${number} />`;
}

function NoSuchNumber({ number }) {
  const { screen } = useBoard();
  const close = () => {
    screen.missing.value = null;
    history.replaceState(null, "", addressOf(null));
  };
  return html`<${Modal} kind="modal--small" label="No such card" onClose=${close}><${MissingTask} number=${number}
    onClose=${close} /><//>`;
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
    ${task ? html`<${TaskContent} task=${task} />` : html`<${MissingTask} id=${id} onClose=${close} />`}
  <//>`;
}
