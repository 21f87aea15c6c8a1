import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { NOBODY, toggled } from "../filter.js";
import { Avatar } from "./avatar.js";
import { LabelChip } from "./label-chip.js";

const DUE = [
  ["overdue", "Overdue"],
  ["today", "Due today"],
  ["week", "Due within a week"],
  ["none", "No due date"],
  ["done", "Done"],
];

/** Labels, members and due dates to filter by. */
export function FilterChoices() {
  const { session, screen } = useBoard();
  const { labels, members, due } = screen.filter.value;
  const label = (id) => screen.setFilter({ labels: toggled(labels, id) });
  const member = (id) => screen.setFilter({ members: toggled(members, id) });
  return html`
    <p class="menu__title">Labels</p>
    ${session.labels.value.map(
      (one) =>
        html`<${Choice} key=${one.id} on=${labels.includes(one.id)} onChange=${() => label(one.id)}><${LabelChip}
          label=${one} /><//>`,
    )}
    ${session.labels.value.length === 0 && html`<p class="menu__note">This board has no labels yet.</p>`}
    <p class="menu__title">Members</p>
    <${Choice} on=${members.includes(NOBODY)} onChange=${() => member(NOBODY)}>Nobody assigned<//>
    ${session.members.value.map(
      (
        one,
      ) => html`<${Choice} key=${one.user_id} on=${members.includes(one.user_id)} onChange=${() => member(one.user_id)}>
        <${Avatar} person=${one} size="small" /><bdi>${one.name}</bdi><//>`,
    )}
    <p class="menu__title">Due</p>
    ${DUE.map(
      ([value, word]) =>
        html`<${Choice} key=${value} on=${due === value}
          onChange=${() => screen.setFilter({ due: due === value ? "" : value })}>${word}<//>`,
    )}`;
}

function Choice({ on, onChange, children }) {
  return html`<label class="menu__item"><input type="checkbox" checked=${on}
    onChange=${onChange} />${children}</label>`;
}
