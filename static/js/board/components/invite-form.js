import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formValues, withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { announce } from "../announce.js";
import { useBoard } from "../context.js";
import { useKeptText } from "../drafts.js";
import { addOrInvite } from "../inviting.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";
import { DraftNote } from "./draft-badge.js";
import { RoleSelect, asRole } from "./role-select.js";
import { useShownBoard } from "./use-shown-board.js";

/** @typedef {{busy: boolean, error: string, told: string, link: string|null}} State   `told`: what was done */

/** @type {State} */
const IDLE = { busy: false, error: "", told: "", link: null };

/** Add somebody by e-mail, or invite who has no account; needs the network, so it waits for the server. */
export function InviteForm() {
  const { session } = useBoard();
  const [state, setState] = useState(IDLE);
  const draft = `invite ${useShownBoard().id}`;
  const [email, setEmail] = useKeptText(draft);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const values = formValues(event);
    setState({ ...IDLE, busy: true });
    try {
      const { told, link = null } = await addOrInvite(session, {
        email: values.email,
        role: asRole(values.role),
      });
      announce(told);
      setState({ ...IDLE, told, link });
      form.reset();
      setEmail("");
    } catch (error) {
      setState({ ...IDLE, error: reasonOf(error) });
    }
  };
  const typed = (/** @type {string} */ text) => {
    setState(IDLE);
    setEmail(text);
  };
  return html`<form class="form__inline" onSubmit=${submit}>
    <label class="field"><span class="field__label">${t("Add somebody by e-mail")}</span>
      <input class="input" name="email" type="email" required autocomplete="off" placeholder=${t("name@example.org")}
        aria-invalid=${Boolean(state.error)} aria-describedby="invite-hint" value=${email}
        data-draft=${Boolean(email) || undefined} onInput=${withValue(typed)} /></label>
    <${RoleSelect} name="role" value="editor" label=${t("Role")} />
    <button class="button button--primary" type="submit" disabled=${state.busy}>${t("Add")}</button>
    ${email && html`<${DraftNote} of=${[draft]} />`}
    ${
      state.error
        ? html`<p class="field__error" role="alert">${state.error}</p>`
        : !state.told &&
          html`<p class="muted" id="invite-hint">${t("Who has no account here yet gets an invitation.")}</p>`
    }
    ${state.told && html`<p class="muted" role="status">${state.told}</p>`}
    ${state.link && html`<${CopyField} label=${t("Link of the invitation, shown this once")} text=${state.link} />`}
  </form>`;
}
