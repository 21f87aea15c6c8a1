import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { addressOf } from "../address.js";
import { useBoard } from "../context.js";
import { focusTask } from "../focus.js";
import { MissingTask, titleOfMissing } from "./missing-task.js";
import { Modal } from "./modal.js";
import { TaskContent, TaskHead } from "./task-content.js";

/** Show the open card, if there is one; where the address names one that isn't there, say so. */
export function TaskDialog() {
  const { screen } = useBoard();
  const id = screen.openTask.value;
  if (id) return html`<${OpenTask} key=${id} id=${id} />`;
  const number = screen.missing.value;
  return number !== null && html`<${UnknownNumber} number=${number} />`;
}

/** @param {{number: string}} props */
function UnknownNumber({ number }) {
  const { screen } = useBoard();
  const close = () => {
    screen.missing.value = null;
    history.replaceState(null, "", addressOf(null));
  };
  return html`<${Modal} kind="modal--small" label=${titleOfMissing(number)} onClose=${close}><${MissingTask}
    onClose=${close} /><//>`;
}

/** @param {{id: string}} props */
function OpenTask({ id }) {
  const { session, screen } = useBoard();
  const task = session.task(id).value;
  const close = () => {
    screen.openTask.value = null;
  };
  useEffect(() => {
    session.setPresence(id, "view");
    return () => {
      session.setPresence(null, null);
      const last = session.task(id).peek();
      if (last && screen.visibleIds(last.column_id).peek().includes(id)) focusTask(screen, id);
    };
  }, []);
  const head = task && html`<${TaskHead} task=${task} />`;
  return html`<${Modal} kind="modal--task" label=${task?.title ?? titleOfMissing()} head=${head} onClose=${close}>
    ${task ? html`<${TaskContent} task=${task} />` : html`<${MissingTask} id=${id} onClose=${close} />`}
  <//>`;
}
