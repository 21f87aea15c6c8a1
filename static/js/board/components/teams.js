import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formValues } from "../../lib/events.js";
import { t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon-button.js";
import { RoleSelect, asRole, roleWord } from "./role-select.js";
import { useQuery } from "./use-query.js";

/**
 * @import { Role, Team } from "../types.js"
 *
 * @typedef {(work: Promise<unknown>) => Promise<void>} Attempt   shows why it didn't work
 */

/** List the teams on the board; owners change their role, remove them, and add others. */
export function Teams() {
  const { session, screen } = useBoard();
  const teams = session.teams.value;
  const [error, setError] = useState("");
  /** @type {Attempt} */
  const attempt = (work) =>
    work.then(
      () => setError(""),
      (failure) => setError(reasonOf(failure)),
    );
  if (!screen.isOwner.value && teams.length === 0) return null;
  return html`<section class="share" aria-label=${t("Teams")}>
    <h3>${t("Teams")}</h3>
    <ul class="rows" role="list">
      ${teams.map((team) => html`<${TeamRow} key=${team.id} team=${team} attempt=${attempt} />`)}
    </ul>
    ${screen.isOwner.value && html`<${AddTeam} known=${teams} attempt=${attempt} />`}
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}

/** @param {{team: Team, attempt: Attempt}} props */
function TeamRow({ team, attempt }) {
  const { session, screen } = useBoard();
  const { id, name } = team;
  const people = tn("{count} person", "{count} people", team.member_count);
  if (!screen.isOwner.value)
    return html`<li class="rows__row"><p class="rows__what"><bdi>${name}</bdi><small>${people}</small></p><span
      class="badge">${roleWord(team.role)}</span></li>`;
  return html`<li class="rows__row">
    <${Icon} name="people" />
    <p class="rows__what"><bdi>${name}</bdi><small>${people}</small></p>
    <${RoleSelect} value=${team.role} label=${t("Role of {name}", { name })}
      onChange=${(/** @type {Role} */ role) => attempt(session.sharing.setTeamRole(id, role))} />
    <${IconButton} icon="close" label=${t("Remove {name}", { name })}
      onClick=${() => attempt(session.sharing.removeTeam(id))} />
  </li>`;
}

/** @param {{known: Team[], attempt: Attempt}} props */
function AddTeam({ known, attempt }) {
  const { session } = useBoard();
  const ids = new Set(known.map((team) => team.id));
  const others = (useQuery((sharing) => sharing.teams()).value ?? []).filter((team) => !ids.has(team.id));
  if (others.length === 0)
    return (
      known.length === 0 &&
      html`<p class="muted">${t(
        "You are in no team that could be added. Administrators of this server put people in teams.",
      )}</p>`
    );
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { team, role } = formValues(event);
    attempt(session.sharing.addTeam(team, asRole(role)));
  };
  return html`<form class="form__inline" onSubmit=${add}>
    <select class="input grow" name="team" aria-label=${t("Team to add")}>
      ${others.map((team) => html`<option key=${team.id} value=${team.id} dir="auto">${team.name}</option>`)}
    </select>
    <${RoleSelect} name="role" value="editor" label=${t("Role of the team")} />
    <button class="button" type="submit">${t("Add team")}</button>
  </form>`;
}
