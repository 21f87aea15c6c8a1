import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { ChecklistItem } from "./checklist-item.js";
import { Icon } from "./icon.js";
import { InlineText } from "./inline-text.js";
import { AddLinesForm } from "./add-lines-form.js";

/** @import { Checklist as ChecklistThing, Item } from "../types.js" */

/**
 * Show one checklist: title, progress, items, and a form to add more.
 *
 * @param {{checklist: ChecklistThing, items: Item[], editable: boolean}} props
 */
export function Checklist({ checklist, items, editable }) {
  const { session, screen } = useBoard();
  const { title } = checklist;
  const done = items.filter((item) => item.done).length;
  const remove = async () => {
    const question = {
      title: t("Delete the checklist “{title}”?", { title }),
      text: t("Its items go with it. This can't be undone."),
      yes: t("Delete checklist"),
    };
    if (await screen.confirm(question)) session.commands.deleteChecklist(checklist.id);
  };
  const add = (/** @type {string[]} */ titles) => {
    let after = items.at(-1)?.id ?? null;
    for (const one of titles) after = session.commands.addItem(checklist.id, { title: one, after });
  };
  const ids = items.map((item) => item.id);
  const progress = t("{title}: {done} of {total} done", { title, done, total: items.length });
  return html`<div class="checklist">
    <div class="checklist__head">
      <h4><${InlineText} value=${title} label=${t("Checklist title")}
        draft=${`checklist-title ${checklist.id}`} editable=${editable}
        onSave=${(/** @type {string} */ typed) => session.commands.renameChecklist(checklist.id, typed)} /></h4>
      <span class="number muted">${done}/${items.length}</span>
      ${
        editable &&
        html`<button type="button" class="button button--quiet button--icon button--small"
          aria-label=${t("Delete checklist {title}", { title })} onClick=${remove}><${Icon} name="trash"
          small=${true} /></button>`
      }
    </div>
    <progress class=${done === items.length ? "progress progress--done" : "progress"} max=${items.length || 1}
      value=${done} aria-label=${progress}></progress>
    <ul role="list" class="checklist__items">
      ${items.map((item) => html`<${ChecklistItem} key=${item.id} item=${item} ids=${ids} editable=${editable} />`)}
    </ul>
    ${
      editable &&
      html`<${AddLinesForm} button=${t("Add item")} placeholder=${t("What else?")} word="item" draft=${`item ${checklist.id}`}
        room=${LIMITS.items - items.length} onAdd=${add} />`
    }
  </div>`;
}
