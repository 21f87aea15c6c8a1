import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formValues } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";

/** Make somebody else the owner in one's place. */
export function TransferOwnership() {
  const { session, screen, me } = useBoard();
  const [error, setError] = useState("");
  const others = session.members.value.filter((member) => member.user_id !== me.id);
  if (others.length === 0) return null;
  const transfer = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { owner: id } = formValues(event);
    const name = others.find((member) => member.user_id === id)?.name ?? "";
    const question = {
      title: t("Hand this board over to {name}?", { name }),
      text: t("They decide from then on who is on the board. You stay as an editor."),
      yes: t("Hand over"),
    };
    if (!(await screen.confirm(question))) return;
    session.sharing.transfer(id).then(
      () => screen.toast({ text: t("The board is {name}'s now", { name }) }),
      (failure) => setError(reasonOf(failure)),
    );
  };
  return html`<section class="share" aria-label=${t("Hand over")}>
    <h3>${t("Hand the board over")}</h3>
    <form class="form__inline" onSubmit=${transfer}>
      <select class="input grow" name="owner" aria-label=${t("Who becomes the owner")}>
        ${others.map(
          (member) => html`<option key=${member.user_id} value=${member.user_id}
          dir="auto">${member.name}</option>`,
        )}
      </select>
      <button class="button" type="submit">${t("Hand over…")}</button>
    </form>
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}
