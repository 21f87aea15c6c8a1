import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Modal } from "./modal.js";

/** Ask for confirmation before something that can't be taken back. */
export function Confirm() {
  const { screen } = useBoard();
  const question = screen.question.value;
  if (!question) return null;
  const answer = (/** @type {import("../screen.js").Reply} */ reply) => {
    screen.question.value = null;
    question.answer(reply);
  };
  return html`<${Modal} kind="modal--small" label=${question.title} onClose=${() => answer(false)}>
    <div class="modal__body">
      <p class="muted">${question.text}</p>
    </div>
    <div class="modal__foot row row--end">
      <button type="button" class="button" onClick=${() => answer(false)}>${t("Cancel")}</button>
      ${
        question.other &&
        html`<button type="button" class="button" onClick=${() => answer("other")}>${question.other}</button>`
      }
      <button type="button" class="button button--danger" autofocus
        onClick=${() => answer(true)}>${question.yes}</button>
    </div>
  <//>`;
}
