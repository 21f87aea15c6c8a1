import { html } from "htm/preact";
import { rich, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Compare } from "./compare.js";
import { Icon } from "./icon.js";

/**
 * @import { Task } from "../types.js"
 * @import { useDraft } from "../drafts.js"
 * @import { ComponentChildren } from "preact"
 */

/**
 * Show that somebody saved a field that is being typed into: where both fit together it is only said, where not a person
 * chooses whose text stays, or both.
 *
 * @param {{task: Task, field: "title"|"description", draft: ReturnType<typeof useDraft>, theirs: string}} props
 */
export function ConflictBar({ task, field, draft, theirs }) {
  const { screen, me } = useBoard();
  const editors = (screen.watchers.value.get(task.id) ?? []).filter((person) => person.user !== me.id);
  const name = editors.length === 1 ? editors[0].name : null;
  const who = html`<bdi>${name ?? t("Somebody")}</bdi>`;
  if (draft.merged !== null) return html`<${Merged} who=${who} theirs=${theirs} />`;
  return html`<div class="conflict" role="alert">
    <p><${Icon} name="warning" /><span>${
      field === "title"
        ? rich("{who} changed the title meanwhile:", { who })
        : rich("{who} changed the description meanwhile:", { who })
    }</span></p>
    <${Compare} mine=${draft.text} theirs=${theirs} who=${name} />
    <div class="row">
      <button type="button" class="button button--small" onClick=${draft.keepMine}>${t("Keep mine")}</button>
      <button type="button" class="button button--small" onClick=${draft.takeTheirs}>${t("Take theirs")}</button>
      ${
        draft.keepBoth &&
        html`<button type="button" class="button button--small"
          onClick=${draft.keepBoth}>${t("Keep both, one below the other")}</button>`
      }
    </div>
  </div>`;
}

/** @param {{who: ComponentChildren, theirs: string}} props */
function Merged({ who, theirs }) {
  const text = rich("{who} changed other parts of the description meanwhile. Saving keeps both.", { who });
  return html`<div class="conflict conflict--merged" role="status">
    <p><${Icon} name="done" /><span>${text}</span></p>
    <details><summary>${t("What it says now")}</summary><pre class="compare__text" dir="auto">${theirs}</pre></details>
  </div>`;
}
