import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Modal } from "./modal.js";

/** The question before something that can't be taken back. */
export function Confirm() {
  const { screen } = useBoard();
  const question = screen.question.value;
  if (!question) return null;
  const answer = (sure) => {
    screen.question.value = null;
    question.answer(sure);
  };
  return html`<${Modal} kind="modal--small" label=${question.title} onClose=${() => answer(false)}>
    <div class="modal__body">
      <p class="muted">${question.text}</p>
    </div>
    <div class="modal__foot row row--end">
      <button type="button" class="button" onClick=${() => answer(false)}>Cancel</button>
      ${question.other && html`<button type="button" class="button"
        onClick=${() => answer("other")}>${question.other}</button>`}
      <button type="button" class="button button--danger" autofocus
        onClick=${() => answer(true)}>${question.yes}</button>
    </div>
  <//>`;
}
