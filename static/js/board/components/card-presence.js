import { html } from "htm/preact";
import { rich, t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";

/** @import { Person } from "../types.js" */

/** Whether somebody does something to a card and doesn't only look at it. @param {Person} person */
function isBusy({ mode }) {
  return mode === "edit" || mode === "drag";
}

/**
 * Return who else is at a card, each once; doing something counts more than looking.
 *
 * @param {string} id
 * @returns {Person[]}
 */
function useWatchers(id) {
  const { screen, me } = useBoard();
  const others = (screen.watchers.value.get(id) ?? []).filter((person) => person.user !== me.id);
  /** @type {Map<string, Person>} */
  const byUser = new Map();
  for (const one of others) if (isBusy(one) || !byUser.has(one.user)) byUser.set(one.user, one);
  return [...byUser.values()];
}

/**
 * Show who looks at a card, in its corner.
 *
 * @param {{id: string}} props
 */
export function CardViewers({ id }) {
  const people = useWatchers(id).filter((person) => !isBusy(person));
  if (!people.length) return null;
  return html`<span class="card__watchers">
    ${people.map(
      (one) => html`<${Avatar} key=${one.user} person=${one} size="small" here
      title=${t("{name} is looking at this", { name: one.name })} />`,
    )}
  </span>`;
}

/**
 * Say on a card who edits or moves it.
 *
 * @param {{id: string}} props
 */
export function CardEditors({ id }) {
  const say = (/** @type {Person} */ { mode, name }) => {
    const who = html`<bdi>${name}</bdi>`;
    return mode === "drag" ? rich("{who} is moving this", { who }) : rich("{who} is editing", { who });
  };
  return useWatchers(id)
    .filter(isBusy)
    .map((one) => html`<${Watcher} key=${one.user} person=${one} text=${say(one)} />`);
}

/**
 * Say in the open card who else has it open, and what they do.
 *
 * @param {{id: string}} props
 */
export function TaskPresence({ id }) {
  const say = (/** @type {Person} */ { mode, name }) => {
    const who = html`<bdi>${name}</bdi>`;
    if (mode === "drag") return rich("{who} is moving this card", { who });
    return mode === "edit"
      ? rich("{who} is editing the description", { who })
      : rich("{who} has this card open", { who });
  };
  return html`<p class="task__watchers" role="status">
    ${useWatchers(id).map((one) => html`<${Watcher} key=${one.user} person=${one} text=${say(one)} />`)}
  </p>`;
}

/** @param {{person: Person, text: import("preact").ComponentChildren}} props */
function Watcher({ person, text }) {
  return html`<span class=${isBusy(person) ? "watching watching--busy" : "watching"}>
    <span aria-hidden="true"><${Avatar} person=${person} size="small" /></span>
    <span class="watching__words">${text}</span>
  </span>`;
}
