/** Where two people changed the same field of the same thing at the same time. Pure. */
import { actions } from "./actions/index.js";
import { FIELDS } from "./fields.js";

/** @import { Change, Command, Conflict, Fields, NewState, View } from "./types.js" */

const TOLD = new Set(["value", "parent", "state"]);

/**
 * The fields an event sets that a pending command sets to something else. The command was given later than the person
 * knew of the event, and will win; the person should know.
 *
 * @param {View} view before the event
 * @param {NewState} event
 * @param {Command[]} pending
 * @returns {Conflict[]}
 */
export function collisions(view, event, pending) {
  const touched = new Set(event.changes.map(({ id }) => id));
  /** @param {Command} command */
  const isRival = ({ id, name, args }) =>
    id !== event.mutation && actions[name]?.uses(args).some((used) => touched.has(used.id));
  const rivals = pending.filter(isRival);
  return rivals.flatMap((command) => {
    const mine = intended(view, command);
    if (command.args.base !== undefined) delete mine.get(`task ${command.args.id}`)?.description;
    return event.changes.flatMap((change) => clashes(mine.get(`${change.kind} ${change.id}`), change));
  });
}

/** What a command sets, by thing; a description counts as the task's. @param {View} view @param {Command} command */
function intended(view, command) {
  const action = actions[command.name];
  /** @type {Map<string, Fields>} */
  const mine = new Map();
  if (!action || action.creates || view.missing(action, command.args)) return mine;
  for (const { kind, id, set } of action.effect(view, command.args, command)) {
    const [key, fields] =
      kind === "description" ? [`task ${id}`, { description: set?.text }] : [`${kind} ${id}`, set];
    mine.set(key, { ...mine.get(key), ...fields });
  }
  return mine;
}

/** @param {Fields|undefined} mine @param {Change} change @returns {Conflict[]} */
function clashes(mine, { kind, id, set }) {
  if (!mine || !set) return [];
  const own = new Map(Object.entries(mine));
  const differing = Object.entries(set).filter(
    ([field, theirs]) => own.has(field) && isTold(kind, field) && theirs !== own.get(field),
  );
  return differing.map(([field, theirs]) => ({ ref: { kind, id }, field, mine: own.get(field), theirs }));
}

/** Whether two people who set a field at once should know of each other. @param {string} kind @param {string} field */
function isTold(kind, field) {
  const known = FIELDS[kind]?.[field];
  return known !== undefined && TOLD.has(known.part) && !known.quiet;
}
