import { html } from "htm/preact";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";

/** @import { Role } from "../types.js" */

/** @type {{role: Role, name: string, word: string}[]} `name` in a list of choices, `word` beside a person */
const ROLES = [
  { role: "owner", name: t("Owner"), word: t("owner") },
  { role: "editor", name: t("Editor"), word: t("editor") },
  { role: "commenter", name: t("Commenter"), word: t("commenter") },
  { role: "viewer", name: t("Viewer"), word: t("viewer") },
];

/** Return what a role is called beside a person. @param {Role} role @returns {string} */
export function roleWord(role) {
  return ROLES.find((one) => one.role === role)?.word ?? role;
}

/** Return the role that a form names. @param {string} name @returns {Role} the least, where it names none */
export function asRole(name) {
  return ROLES.find(({ role }) => role === name)?.role ?? "viewer";
}

/**
 * Choose what somebody may do.
 *
 * @param {{value: Role, label: string, name?: string, disabled?: boolean, onChange?: (role: Role) => void}} props
 */
export function RoleSelect({ value, label, name, disabled = false, onChange }) {
  return html`<select class="input input--role" name=${name} value=${value} aria-label=${label} disabled=${disabled}
    onChange=${onChange && withValue((role) => onChange(asRole(role)))}>
    ${ROLES.map(
      (one) => html`<option key=${one.role} value=${one.role}
      selected=${one.role === value}>${one.name}</option>`,
    )}
  </select>`;
}
