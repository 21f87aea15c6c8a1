import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { Checklist } from "./checklist.js";
import { Icon } from "./icon.js";
import { LineForm } from "./line-form.js";

/** The checklists of a card. */
export function Checklists({ task, details }) {
  const { session, screen } = useBoard();
  const checklists = details.checklists.value;
  const items = details.items.value;
  const editable = screen.canEdit.value;
  if (!editable && checklists.length === 0) return null;
  return html`<section class="task__section" aria-label="Checklists">
    <h3><${Icon} name="checklist" />Checklists</h3>
    ${checklists.map((one) => html`<${Checklist} key=${one.id} checklist=${one}
      items=${items.filter((item) => item.checklist_id === one.id)} editable=${editable} />`)}
    ${editable && html`<${LineForm} button="Add checklist" placeholder="Checklist title" word="checklist" draft=${`checklist ${task.id}`}
      room=${LIMITS.checklists - checklists.length}
      onAdd=${(titles) => titles.forEach((title) => session.commands.addChecklist(task.id, title))} />`}
  </section>`;
}
