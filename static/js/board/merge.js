/** Where two people changed the same field of the same thing at the same time. Pure. */
import { actions } from "./actions/index.js";
import { FIELDS } from "./fields.js";

/** @import { BoardEvent, Command } from "./types.js" */

const TOLD = new Set(["value", "parent", "state"]);

/**
 * The fields an event sets that a pending command sets to something else. The command was given later than the person
 * knew of the event, and will win; the person should know.
 *
 * @param {import("./store.js").View} view before the event
 * @param {BoardEvent} event
 * @param {Command[]} pending
 * @returns {{ref: {kind: string, id: string}, field: string, mine: unknown, theirs: unknown}[]}
 */
export function collisions(view, event, pending) {
  const touched = new Set(event.changes.map(({ id }) => id));
  const isRival = ({ id, name, args }) =>
    id !== event.mutation && actions[name]?.uses(args).some((used) => touched.has(used.id));
  const rivals = pending.filter(isRival);
  return rivals.flatMap((command) => {
    const mine = intended(view, command);
    if (command.args.base !== undefined) delete mine.get(`task ${command.args.id}`)?.description;
    return event.changes.flatMap((change) => clashes(mine.get(`${change.kind} ${change.id}`), change));
  });
}

/** What a command sets, by thing; a description counts as the task's. */
function intended(view, command) {
  const action = actions[command.name];
  if (action.creates || view.missing(action, command.args)) return new Map();
  const mine = new Map();
  for (const { kind, id, set } of action.effect(view, command.args, command)) {
    const [key, fields] = kind === "description" ? [`task ${id}`, { description: set.text }] : [`${kind} ${id}`, set];
    mine.set(key, { ...mine.get(key), ...fields });
  }
  return mine;
}

function clashes(mine, { kind, id, set }) {
  if (!mine || !set) return [];
  const differing = Object.keys(set).filter((field) => field in mine && isTold(kind, field) && set[field] !== mine[field]);
  return differing.map((field) => ({ ref: { kind, id }, field, mine: mine[field], theirs: set[field] }));
}

/** Whether two people who set a field at once should know of each other. */
function isTold(kind, field) {
  const known = FIELDS[kind]?.[field];
  return known !== undefined && TOLD.has(known.part) && !known.quiet;
}
