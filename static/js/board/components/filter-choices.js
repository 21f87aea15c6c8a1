import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { NOBODY, toggled } from "../filter.js";
import { Avatar } from "./avatar.js";
import { LabelChip } from "./label-chip.js";

/** @import { DueFilter } from "../filter.js" */

/** @type {{value: DueFilter, word: string}[]} */
const DUE = [
  { value: "overdue", word: t("Overdue") },
  { value: "today", word: t("Due today") },
  { value: "week", word: t("Due within a week") },
  { value: "none", word: t("No due date") },
  { value: "done", word: t("Done") },
];

/** Choose labels, members and due dates to filter by. */
export function FilterChoices() {
  const { session, screen } = useBoard();
  const { labels, members, due } = screen.filter.value;
  const toggleLabel = (/** @type {string} */ id) => () => screen.setFilter({ labels: toggled(labels, id) });
  const toggleMember = (/** @type {string} */ id) => () =>
    screen.setFilter({ members: toggled(members, id) });
  const toggleDue = (/** @type {DueFilter} */ value) => () =>
    screen.setFilter({ due: due === value ? "" : value });
  return html`
    <p class="menu__title">${t("Labels")}</p>
    ${session.labels.value.map(
      (one) =>
        html`<${Choice} key=${one.id} on=${labels.includes(one.id)} onChange=${toggleLabel(one.id)}><${LabelChip}
          label=${one} /><//>`,
    )}
    ${session.labels.value.length === 0 && html`<p class="menu__note">${t("This board has no labels yet.")}</p>`}
    <p class="menu__title">${t("Members")}</p>
    <${Choice} on=${members.includes(NOBODY)} onChange=${toggleMember(NOBODY)}>${t("Nobody assigned")}<//>
    ${session.members.value.map(
      ({ user_id: id, ...member }) =>
        html`<${Choice} key=${id} on=${members.includes(id)} onChange=${toggleMember(id)}>
          <${Avatar} person=${member} size="small" /><bdi>${member.name}</bdi><//>`,
    )}
    <p class="menu__title">${t("Due")}</p>
    ${DUE.map(
      ({ value, word }) =>
        html`<${Choice} key=${value} on=${due === value} onChange=${toggleDue(value)}>${word}<//>`,
    )}`;
}

/** @param {{on: boolean, onChange: () => void, children?: import("preact").ComponentChildren}} props */
function Choice({ on, onChange, children }) {
  return html`<label class="menu__item"><input type="checkbox" checked=${on}
    onChange=${onChange} />${children}</label>`;
}
