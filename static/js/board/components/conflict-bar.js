import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Compare } from "./compare.js";
import { Icon } from "./icon.js";

/**
 * Shown when somebody saved a field that is being typed into: where both fit together that is only said, where not a
 * person says whose text stays, or both.
 */
export function ConflictBar({ task, what, draft, theirs }) {
  const { screen, me } = useBoard();
  const editors = (screen.watchers.value.get(task.id) ?? []).filter((person) => person.user !== me.id);
  const who = editors.length === 1 ? editors[0].name : "Somebody";
  if (draft.merged !== null) return html`<${Merged} who=${who} what=${what} theirs=${theirs} />`;
  return html`<div class="conflict" role="alert">
    <p><${Icon} name="warning" /><span><bdi>${who}</bdi> changed the ${what} meanwhile:</span></p>
    <${Compare} mine=${draft.text} theirs=${theirs} who=${who} />
    <div class="row">
      <button type="button" class="button button--small" onClick=${draft.keepMine}>Keep mine</button>
      <button type="button" class="button button--small" onClick=${draft.takeTheirs}>Take theirs</button>
      ${draft.keepBoth && html`<button type="button" class="button button--small"
        onClick=${draft.keepBoth}>Keep both, one below the other</button>`}
    </div>
  </div>`;
}

function Merged({ who, what, theirs }) {
  return html`<div class="conflict conflict--merged" role="status">
    <p><${Icon} name="done" /><span><bdi>${who}</bdi> changed other parts of the ${what} meanwhile. Saving keeps both.</span></p>
    <details><summary>What it says now</summary><pre class="compare__text" dir="auto">${theirs}</pre></details>
  </div>`;
}
