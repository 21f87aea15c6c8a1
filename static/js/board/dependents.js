/** What hangs on a command that was refused. Pure. */
import { actions } from "./actions/index.js";

/** @import { Command } from "./types.js" */

/** Where a command stands in the queue; one that storage has not numbered yet is last. @param {Command} command */
export function orderOf(command) {
  return command.order ?? Number.MAX_SAFE_INTEGER;
}

/**
 * The later commands that need what the refused one would have made, and what those would have made, and so on.
 *
 * @param {Command} refused
 * @param {Command[]} queue
 * @returns {Command[]} in order
 */
export function dependentsOf(refused, queue) {
  const lost = new Set([madeBy(refused)]);
  const later = queue.filter((other) => other.board === refused.board && orderOf(other) > orderOf(refused));
  later.sort((a, b) => orderOf(a) - orderOf(b));
  return later.filter((other) => {
    const isLost = actions[other.name]?.uses(other.args).some(({ id }) => lost.has(id));
    if (isLost) lost.add(madeBy(other));
    return isLost;
  });
}

/** A command whose neighbours include what was never made, with that thing's own neighbours instead. @param {Command} command @param {Command} refused @returns {Command} */
export function withoutNeighbour(command, refused) {
  const id = madeBy(refused);
  const { after, before } = command.args;
  if (!id || (after !== id && before !== id)) return command;
  const place = {
    after: after === id ? (refused.args.after ?? null) : after,
    before: before === id ? (refused.args.before ?? null) : before,
  };
  return { ...command, args: { ...command.args, ...place } };
}

/** @param {Command} command @returns {string|null} */
function madeBy({ name, args }) {
  return actions[name]?.creates?.(args).id ?? null;
}
