import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formValues } from "../../lib/events.js";
import { formatDate, t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon-button.js";
import { RoleSelect, asRole, roleWord } from "./role-select.js";

/** @import { Invitation, IssuedInvitation } from "../types.js" */

/**
 * Make, list and revoke links that let others join; a new one is shown once, to be copied.
 *
 * @param {{open: Invitation[], again: () => void}} props
 */
export function Invitations({ open, again }) {
  const { sharing } = useBoard().session;
  const [made, setMade] = useState(/** @type {IssuedInvitation|null} */ (null));
  const [error, setError] = useState("");
  const attempt = async (/** @type {() => Promise<void>} */ work) => {
    try {
      await work();
      setError("");
      again();
    } catch (failure) {
      setError(reasonOf(failure));
    }
  };
  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { role, uses } = formValues(event);
    const draft = { role: asRole(role), max_uses: uses ? Number(uses) : null };
    attempt(async () => setMade(await sharing.invite(draft)));
  };
  const revoke = (/** @type {string} */ id) => () => attempt(async () => void (await sharing.revoke(id)));
  return html`<section class="share" aria-label=${t("Invitations")}>
    <h3>${t("Invitation links")}</h3>
    <form class="form__inline" onSubmit=${make}>
      <${RoleSelect} name="role" value="editor" label=${t("Role of who joins by the link")} />
      <select class="input grow" name="uses" aria-label=${t("How many may join by the link")}>
        <option value="1">${t("one person")}</option>
        <option value="10">${t("ten people")}</option>
        <option value="">${t("anybody")}</option>
      </select>
      <button class="button" type="submit">${t("Make link")}</button>
    </form>
    ${
      made?.url &&
      open.some(({ id }) => id === made.id) &&
      html`<${CopyField} label=${t("Invitation link, shown this once")} text=${made.url} />`
    }
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
    <ul class="rows" role="list">
      ${open.map((one) => html`<${InvitationRow} key=${one.id} invitation=${one} onRevoke=${revoke(one.id)} />`)}
    </ul>
  </section>`;
}

/** @param {{invitation: Invitation, onRevoke: () => void}} props */
function InvitationRow({ invitation, onRevoke }) {
  const { email, role, uses, expires_at } = invitation;
  const who = describeInvited(invitation);
  const until = t("until {date}", { date: formatDate(expires_at) });
  const joined = uses > 0 && tn("{count} joined", "{count} joined", uses);
  return html`<li class="rows__row">
    <${Icon} name=${email ? "person" : "link"} />
    <p class="rows__what">${who}<small>${[roleWord(role), until, joined].filter(Boolean).join(" · ")}</small></p>
    <${IconButton} icon="close" label=${t("Revoke the invitation: {who}", { who })} onClick=${onRevoke} />
  </li>`;
}

/** Say who may use an invitation. @param {Invitation} invitation */
function describeInvited({ email, max_uses: limit, uses }) {
  if (email !== null) return email;
  if (limit === null) return t("Anybody with the link");
  return tn("{count} person with the link", "{count} people with the link", limit - uses);
}
