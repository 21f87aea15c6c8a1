import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { Icon } from "./icon.js";
import { QuietButton } from "./quiet-button.js";
import { RoleSelect } from "./roles.js";
import { useAsked } from "./use-asked.js";

/** The teams on the board; owners change their role, take them off, and put others on. */
export function Teams() {
  const { session, screen } = useBoard();
  const teams = session.teams.value;
  const [error, setError] = useState(null);
  const attempt = (work) => work.then(() => setError(null), (failure) => setError(reasonOf(failure)));
  if (!screen.isOwner.value && teams.length === 0) return null;
  return html`<section class="share" aria-label="Teams">
    <h3>Teams</h3>
    <ul class="rows" role="list">
      ${teams.map((team) => html`<${TeamRow} key=${team.id} team=${team} attempt=${attempt} />`)}
    </ul>
    ${screen.isOwner.value && html`<${AddTeam} known=${teams} attempt=${attempt} />`}
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}

function TeamRow({ team, attempt }) {
  const { session, screen } = useBoard();
  const many = `${team.member_count} ${team.member_count === 1 ? "person" : "people"}`;
  if (!screen.isOwner.value)
    return html`<li class="rows__row"><p class="rows__what"><bdi>${team.name}</bdi><small>${many}</small></p><span class="badge">${team.role}</span></li>`;
  return html`<li class="rows__row">
    <${Icon} name="people" />
    <p class="rows__what"><bdi>${team.name}</bdi><small>${many}</small></p>
    <${RoleSelect} value=${team.role} label=${`Role of ${team.name}`}
      onChange=${(role) => attempt(session.sharing.setTeamRole(team.id, role))} />
    <${QuietButton} icon="close" label=${`Remove ${team.name}`}
      onClick=${() => attempt(session.sharing.removeTeam(team.id))} />
  </li>`;
}

function AddTeam({ known, attempt }) {
  const { session } = useBoard();
  const ids = new Set(known.map((team) => team.id));
  const others = (useAsked((sharing) => sharing.teams()).value ?? []).filter((team) => !ids.has(team.id));
  if (others.length === 0) return known.length === 0 && html`<p class="muted">You are in no team that could be added. Administrators of this server put people in teams.</p>`;
  const add = (event) => {
    event.preventDefault();
    const { team, role } = Object.fromEntries(new FormData(event.target));
    attempt(session.sharing.addTeam(team, role));
  };
  return html`<form class="form__inline" onSubmit=${add}>
    <select class="input grow" name="team" aria-label="Team to add">
      ${others.map((team) => html`<option key=${team.id} value=${team.id} dir="auto">${team.name}</option>`)}
    </select>
    <${RoleSelect} name="role" value="editor" label="Role of the team" />
    <button class="button" type="submit">Add team</button>
  </form>`;
}
