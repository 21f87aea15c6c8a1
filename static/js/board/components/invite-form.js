import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { announce } from "../announce.js";
import { useBoard } from "../context.js";
import { useKeptText } from "../drafts.js";
import { addOrInvite } from "../inviting.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";
import { DraftNote } from "./draft-mark.js";
import { RoleSelect } from "./roles.js";

const IDLE = { busy: false, error: null, told: null, link: null };

/** Adds somebody by e-mail, or invites who has no account; needs the network, so it waits for the answer. */
export function InviteForm() {
  const { session } = useBoard();
  const [state, setState] = useState(IDLE);
  const draft = `invite ${session.board.value.id}`;
  const [email, setEmail] = useKeptText(draft);
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    setState({ ...IDLE, busy: true });
    try {
      const done = await addOrInvite(session, Object.fromEntries(new FormData(form)));
      announce(done.told);
      setState({ ...IDLE, ...done });
      form.reset();
      setEmail("");
    } catch (error) {
      setState({ ...IDLE, error: reasonOf(error) });
    }
  };
  return html`<form class="form__inline" onSubmit=${submit}>
    <label class="field"><span class="field__label">Add somebody by e-mail</span>
      <input class="input" name="email" type="email" required autocomplete="off" placeholder="name@example.org"
        aria-invalid=${Boolean(state.error)} aria-describedby="invite-hint" value=${email}
        data-draft=${Boolean(email) || undefined}
        onInput=${(event) => (setState(IDLE), setEmail(event.target.value))} /></label>
    <${RoleSelect} name="role" value="editor" label="Role" />
    <button class="button button--primary" type="submit" disabled=${state.busy}>Add</button>
    ${email && html`<${DraftNote} of=${[draft]} />`}
    ${
      state.error
        ? html`<p class="field__error" role="alert">${state.error}</p>`
        : !state.told && html`<p class="muted" id="invite-hint">Who has no account here yet gets an invitation.</p>`
    }
    ${state.told && html`<p class="muted" role="status">${state.told}</p>`}
    ${state.link && html`<${CopyField} label="Link of the invitation, shown this once" text=${state.link} />`}
  </form>`;
}
