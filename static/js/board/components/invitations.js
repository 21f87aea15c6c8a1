import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";
import { Icon } from "./icon.js";
import { QuietButton } from "./quiet-button.js";
import { RoleSelect } from "./roles.js";

/** Links that let others join: made, copied once, listed and revoked. */
export function Invitations({ open, again }) {
  const { session } = useBoard();
  const [made, setMade] = useState(null);
  const [error, setError] = useState(null);
  const attempt = async (work, then = () => {}) => {
    try {
      then(await work);
      setError(null);
      again();
    } catch (failure) {
      setError(reasonOf(failure));
    }
  };
  const make = (event) => {
    event.preventDefault();
    const { role, uses } = Object.fromEntries(new FormData(event.target));
    attempt(session.sharing.invite({ role, max_uses: uses ? Number(uses) : null }), setMade);
  };
  return html`<section class="share" aria-label="Invitations">
    <h3>Invitation links</h3>
    <form class="form__inline" onSubmit=${make}>
      <${RoleSelect} name="role" value="editor" label="Role of who joins by the link" />
      <select class="input grow" name="uses" aria-label="How many may join by the link">
        <option value="1">one person</option>
        <option value="10">ten people</option>
        <option value="">anybody</option>
      </select>
      <button class="button" type="submit">Make link</button>
    </form>
    ${made?.url && open.some(({ id }) => id === made.id) && html`<${CopyField} label="Invitation link, shown this once" text=${made.url} />`}
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
    <ul class="rows" role="list">
      ${open.map((one) => html`<${InvitationRow} key=${one.id} invitation=${one}
        onRevoke=${() => attempt(session.sharing.revoke(one.id))} />`)}
    </ul>
  </section>`;
}

function InvitationRow({ invitation, onRevoke }) {
  const { email, role, uses, max_uses, expires_at } = invitation;
  const left = max_uses - uses;
  const who =
    email ?? (max_uses === null ? "Anybody with the link" : `${left} ${left === 1 ? "person" : "people"} with the link`);
  const until = new Date(expires_at).toLocaleDateString(undefined, { dateStyle: "medium" });
  return html`<li class="rows__row">
    <${Icon} name=${email ? "person" : "link"} />
    <p class="rows__what">${who}<small>${role} · until ${until}${uses > 0 && ` · ${uses} joined`}</small></p>
    <${QuietButton} icon="close" label=${`Revoke the invitation: ${who}`} onClick=${onRevoke} />
  </li>`;
}
