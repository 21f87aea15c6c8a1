import { html } from "htm/preact";

export const ROLES = [
  ["owner", "Owner"],
  ["editor", "Editor"],
  ["commenter", "Commenter"],
  ["viewer", "Viewer"],
];

/** A choice of what somebody may do. */
export function RoleSelect({ value, label, name, disabled = false, onChange }) {
  return html`<select class="input input--role" name=${name} value=${value} aria-label=${label} disabled=${disabled}
    onChange=${onChange && ((event) => onChange(event.target.value))}>
    ${ROLES.map(([role, word]) => html`<option key=${role} value=${role} selected=${role === value}>${word}</option>`)}
  </select>`;
}
