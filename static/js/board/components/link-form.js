import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { hasDraft, useKeptText } from "../drafts.js";
import { DraftMark, DraftNote } from "./draft-mark.js";
import { Popover } from "./popover.js";

/** Adds a link to a card. */
export function LinkForm({ taskId }) {
  const isKept = hasDraft(`link ${taskId}`) || hasDraft(`link-name ${taskId}`);
  return html`<${Popover} label="Add link" text=${isKept ? html`Add link<${DraftMark} />` : "Add link"} icon="link"
    kind="button button--quiet button--small line-form" panel="menu menu--wide">
    ${(close) => html`<${Fields} taskId=${taskId} onDone=${close} />`}
  <//>`;
}

function Fields({ taskId, onDone }) {
  const { session } = useBoard();
  const keys = [`link ${taskId}`, `link-name ${taskId}`];
  const [[url, setUrl], [name, setName]] = [useKeptText(keys[0]), useKeptText(keys[1])];
  const add = (event) => {
    event.preventDefault();
    session.commands.addLink(taskId, { name: name.trim() || new URL(url).host, url });
    setUrl("");
    setName("");
    onDone();
  };
  return html`<form class="form menu__block" onSubmit=${add}>
      <label class="field"><span class="field__label">Address</span>
        <input class="input" name="url" type="url" pattern="https?://.+"
          title="An address that begins with https:// or http://" required placeholder="https://" autocomplete="off"
          data-limit=${LIMITS.url} value=${url} data-draft=${Boolean(url) || undefined}
          onInput=${(event) => setUrl(event.target.value)} /></label>
      <label class="field"><span class="field__label">Name (optional)</span><input class="input" dir="auto" name="name"
        data-limit=${LIMITS.title} autocomplete="off" value=${name} data-draft=${Boolean(name) || undefined}
        onInput=${(event) => setName(event.target.value)} /></label>
      <button class="button button--primary" type="submit">Add link</button>
      ${(url || name) && html`<${DraftNote} of=${keys} />`}
    </form>`;
}
