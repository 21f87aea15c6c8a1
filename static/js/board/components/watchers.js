import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Avatar } from "./avatar.js";

const BUSY = { edit: "editing the description", drag: "moving this card" };

/** Who else is at a card, each once; doing something counts more than looking. */
function useWatchers(id) {
  const { screen, me } = useBoard();
  const others = (screen.watchers.value.get(id) ?? []).filter((person) => person.user !== me.id);
  const byUser = new Map();
  for (const one of others) if (BUSY[one.mode] || !byUser.has(one.user)) byUser.set(one.user, one);
  return [...byUser.values()];
}

/** On a card: who looks at it, in the corner. */
export function Lookers({ id }) {
  const people = useWatchers(id).filter(({ mode }) => !BUSY[mode]);
  if (!people.length) return null;
  return html`<span class="card__watchers">
    ${people.map((one) => html`<${Avatar} key=${one.user} person=${one} size="small" here
      title=${`${one.name} is looking at this`} />`)}
  </span>`;
}

/** On a card: who edits or moves it, in words. */
export function Busy({ id }) {
  const people = useWatchers(id).filter(({ mode }) => BUSY[mode]);
  return people.map(
    (one) => html`<span key=${one.user} class="watching watching--busy">
    <span aria-hidden="true"><${Avatar} person=${one} size="small" /></span>
    <span class="watching__words"><bdi>${one.name}</bdi> is ${one.mode === "drag" ? "moving this" : "editing"}</span>
  </span>`,
  );
}

/** In the open card: who else has it open, and what they are at. */
export function TaskWatchers({ id }) {
  const people = useWatchers(id);
  return html`<p class="task__watchers" role="status">
    ${people.map(
      (one) => html`<span key=${one.user} class=${BUSY[one.mode] ? "watching watching--busy" : "watching"}>
      <span aria-hidden="true"><${Avatar} person=${one} size="small" /></span>
      <span class="watching__words"><bdi>${one.name}</bdi> ${BUSY[one.mode] ? `is ${BUSY[one.mode]}` : "has this card open"}</span>
    </span>`,
    )}
  </p>`;
}
