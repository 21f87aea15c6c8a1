import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";

/** Whether whoever has the link may read the board without an account. */
export function PublicLink({ link, again }) {
  const { session, screen } = useBoard();
  const [error, setError] = useState(null);
  const attempt = (work) => work.then(() => setError(null), (failure) => setError(reasonOf(failure))).finally(again);
  const flip = async (event) => {
    const wanted = event.target.checked;
    event.target.checked = Boolean(link);
    if (wanted) return attempt(session.sharing.openLink());
    const text = "Whoever reads the board by the link is put out at once, and the link never works again.";
    const sure = await screen.confirm({ title: "Close the public link?", text, yes: "Close link" });
    return sure && attempt(session.sharing.closeLink());
  };
  const renew = async () => {
    const text = "The link of now stops working at once. You get another one.";
    if (await screen.confirm({ title: "Renew the public link?", text, yes: "Renew link" }))
      attempt(session.sharing.openLink());
  };
  return html`<section class="share" aria-label="Public link">
    <h3>Public link</h3>
    <label class="check share__switch"><input type="checkbox" role="switch" checked=${Boolean(link)} onChange=${flip} /><span>Anybody with the link can read this board</span></label>
    ${
      link &&
      html`<${CopyField} label="Public link" text=${link.url} />
        <p class="row row--between"><small class="muted">Without an account, and without addresses.</small>
        <button type="button" class="button button--quiet button--small" onClick=${renew}>Renew</button></p>`
    }
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}
