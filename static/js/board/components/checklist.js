import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { ChecklistItem } from "./checklist-item.js";
import { Icon } from "./icon.js";
import { InlineText } from "./inline-text.js";
import { LineForm } from "./line-form.js";

/** One checklist: title, progress, items, and a line to add more. */
export function Checklist({ checklist, items, editable }) {
  const { session, screen } = useBoard();
  const done = items.filter((item) => item.done).length;
  const remove = async () => {
    const question = {
      title: `Delete the checklist “${checklist.title}”?`,
      text: "Its items go with it. This can't be undone.",
      yes: "Delete checklist",
    };
    if (await screen.confirm(question)) session.commands.deleteChecklist(checklist.id);
  };
  const add = (titles) => {
    let after = items.at(-1)?.id ?? null;
    for (const title of titles) after = session.commands.addItem(checklist.id, { title, after });
  };
  const ids = items.map((item) => item.id);
  return html`<div class="checklist">
    <div class="checklist__head">
      <h4><${InlineText} value=${checklist.title} label="Checklist title"
        draft=${`checklist-title ${checklist.id}`} editable=${editable}
        onSave=${(title) => session.commands.renameChecklist(checklist.id, title)} /></h4>
      <span class="number muted">${done}/${items.length}</span>
      ${editable && html`<button type="button" class="button button--quiet button--icon button--small"
        aria-label=${`Delete checklist ${checklist.title}`} onClick=${remove}><${Icon} name="trash"
        small=${true} /></button>`}
    </div>
    <progress class=${done === items.length ? "progress progress--done" : "progress"} max=${items.length || 1}
      value=${done} aria-label=${`${checklist.title}: ${done} of ${items.length} done`}></progress>
    <ul role="list" class="checklist__items">
      ${items.map((item) => html`<${ChecklistItem} key=${item.id} item=${item} ids=${ids} editable=${editable} />`)}
    </ul>
    ${editable && html`<${LineForm} button="Add item" placeholder="What else?" word="item" draft=${`item ${checklist.id}`}
      room=${LIMITS.items - items.length} onAdd=${add} />`}
  </div>`;
}
