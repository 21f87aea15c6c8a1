import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";

/** Adds somebody by e-mail; needs the network, so it waits for the answer. */
export function InviteForm({ roles }) {
  const { session } = useBoard();
  const [state, setState] = useState({ busy: false, error: null });
  const invite = async (event) => {
    event.preventDefault();
    const form = event.target;
    const { email, role } = Object.fromEntries(new FormData(form));
    setState({ busy: true, error: null });
    try {
      await session.commands.addMember({ email, role });
      form.reset();
      setState({ busy: false, error: null });
    } catch (error) {
      setState({
        busy: false,
        error: error.problem?.detail ?? "The server can't be reached. Try again when you are online.",
      });
    }
  };
  return html`<form class="form__inline" onSubmit=${invite}>
    <label class="field"><span class="field__label">Add somebody by e-mail</span>
      <input class="input" name="email" type="email" required autocomplete="off" placeholder="name@example.org"
        aria-invalid=${Boolean(state.error)} /></label>
    <label class="visually-hidden" for="invite-role">Role</label>
    <select class="input input--role" id="invite-role" name="role">
      ${roles.map(([role, word]) => html`<option value=${role} selected=${role === "editor"}>${word}</option>`)}
    </select>
    <button class="button button--primary" type="submit" disabled=${state.busy}>Add</button>
    ${state.error && html`<p class="field__error" role="alert">${state.error}</p>`}
  </form>`;
}
