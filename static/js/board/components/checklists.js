import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { Checklist } from "./checklist.js";
import { Icon } from "./icon.js";
import { AddLinesForm } from "./add-lines-form.js";

/** @import { Details, Task } from "../types.js" */

/**
 * Show the checklists of a card.
 *
 * @param {{task: Task, details: Details}} props
 */
export function Checklists({ task, details }) {
  const { session, screen } = useBoard();
  const checklists = details.checklists.value;
  const items = details.items.value;
  const editable = screen.canEdit.value;
  if (!editable && checklists.length === 0) return null;
  const add = (/** @type {string[]} */ titles) => {
    for (const title of titles) session.commands.addChecklist(task.id, title);
  };
  return html`<section class="task__section" aria-label=${t("Checklists")}>
    <h3><${Icon} name="checklist" />${t("Checklists")}</h3>
    ${checklists.map(
      (one) => html`<${Checklist} key=${one.id} checklist=${one}
      items=${items.filter((item) => item.checklist_id === one.id)} editable=${editable} />`,
    )}
    ${
      editable &&
      html`<${AddLinesForm} button=${t("Add checklist")} placeholder=${t("Checklist title")} word="checklist"
        draft=${`checklist ${task.id}`} room=${LIMITS.checklists - checklists.length} onAdd=${add} />`
    }
  </section>`;
}
