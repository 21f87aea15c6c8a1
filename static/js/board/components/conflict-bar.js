import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** Shown when somebody saved a field that is being typed into: whose text stays is for a person to say. */
export function ConflictBar({ task, what, draft, theirs }) {
  const { screen, me } = useBoard();
  const editors = (screen.watchers.value.get(task.id) ?? []).filter((person) => person.user !== me.id);
  const who = editors.length === 1 ? editors[0].name : "Somebody";
  return html`<div class="conflict" role="alert">
    <p><${Icon} name="warning" /><span>${who} changed the ${what} meanwhile:</span></p>
    <blockquote class="conflict__theirs">${theirs || html`<i>empty</i>`}</blockquote>
    <div class="row">
      <button type="button" class="button button--small" onClick=${draft.keepMine}>Keep mine</button>
      <button type="button" class="button button--small" onClick=${draft.takeTheirs}>Take theirs</button>
    </div>
  </div>`;
}
