import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { Popover } from "./popover.js";

/** Adds a link to a card. */
export function LinkForm({ taskId }) {
  const { session } = useBoard();
  const add = (close) => (event) => {
    event.preventDefault();
    const { url, name } = Object.fromEntries(new FormData(event.target));
    session.commands.addLink(taskId, { name: name.trim() || new URL(url).host, url });
    close();
  };
  return html`<${Popover} label="Add link" text="Add link" icon="link"
    kind="button button--quiet button--small line-form" panel="menu menu--wide">
    ${(close) => html`<form class="form menu__block" onSubmit=${add(close)}>
      <label class="field"><span class="field__label">Address</span>
        <input class="input" name="url" type="url" pattern="https?://.+"
          title="An address that begins with https:// or http://" required placeholder="https://" autocomplete="off"
          data-limit=${LIMITS.url} /></label>
      <label class="field"><span class="field__label">Name (optional)</span><input class="input" dir="auto" name="name"
        data-limit=${LIMITS.title} autocomplete="off" /></label>
      <button class="button button--primary" type="submit">Add link</button>
    </form>`}
  <//>`;
}
