import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { announce } from "../announce.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";
import { RoleSelect } from "./roles.js";

const IDLE = { busy: false, error: null, stranger: null, told: null, link: null };

/** Adds somebody by e-mail, or invites who has no account; needs the network, so it waits for the answer. */
export function InviteForm() {
  const { session } = useBoard();
  const [state, setState] = useState(IDLE);
  const attempt = async (work, done, failed) => {
    setState({ ...IDLE, busy: true });
    try {
      const made = await work();
      announce(done);
      setState({ ...IDLE, told: done, link: made?.url });
      return true;
    } catch (error) {
      setState({ ...IDLE, error: reasonOf(error), stranger: failed?.(error) ?? null });
      return false;
    }
  };
  const add = async (event) => {
    event.preventDefault();
    const form = event.target;
    const draft = Object.fromEntries(new FormData(form));
    const unknown = (error) => (error.status === 422 ? draft : null);
    if (await attempt(() => session.commands.addMember(draft), `Added ${draft.email}`, unknown)) form.reset();
  };
  const invite = (draft) => attempt(() => session.sharing.invite(draft), `Invited ${draft.email} by mail`);
  return html`<form class="form__inline" onSubmit=${add}>
    <label class="field"><span class="field__label">Add somebody by e-mail</span>
      <input class="input" name="email" type="email" required autocomplete="off" placeholder="name@example.org"
        aria-invalid=${Boolean(state.error)} onInput=${() => setState(IDLE)} /></label>
    <${RoleSelect} name="role" value="editor" label="Role" />
    <button class="button button--primary" type="submit" disabled=${state.busy}>Add</button>
    ${state.error && html`<p class="field__error" role="alert">${state.error}</p>`}
    ${
      state.stranger &&
      html`<button type="button" class="button button--small" onClick=${() => invite(state.stranger)}>Invite
        ${" "}${state.stranger.email} by mail</button>`
    }
    ${state.told && html`<p class="muted" role="status">${state.told}${state.link && ". You can pass the link on yourself, too:"}</p>`}
    ${state.link && html`<${CopyField} label=${"Link of the invitation, shown this once"} text=${state.link} />`}
  </form>`;
}
