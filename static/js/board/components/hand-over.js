import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";

/** Makes somebody else the owner in one's place. */
export function HandOver() {
  const { session, screen, me } = useBoard();
  const [error, setError] = useState(null);
  const others = session.members.value.filter((member) => member.user_id !== me.id);
  if (others.length === 0) return null;
  const give = async (event) => {
    event.preventDefault();
    const id = new FormData(event.target).get("heir");
    const heir = others.find((member) => member.user_id === id);
    const text = "They decide from then on who is on the board. You stay as an editor.";
    if (!(await screen.confirm({ title: `Hand this board over to ${heir.name}?`, text, yes: "Hand over" }))) return;
    session.sharing.transfer(id).then(
      () => screen.toast({ text: `The board is ${heir.name}'s now` }),
      (failure) => setError(reasonOf(failure)),
    );
  };
  return html`<section class="share" aria-label="Hand over">
    <h3>Hand the board over</h3>
    <form class="form__inline" onSubmit=${give}>
      <select class="input grow" name="heir" aria-label="Who becomes the owner">
        ${others.map((member) => html`<option key=${member.user_id} value=${member.user_id} dir="auto">${member.name}</option>`)}
      </select>
      <button class="button" type="submit">Hand over…</button>
    </form>
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}
