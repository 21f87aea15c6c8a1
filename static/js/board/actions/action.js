/**
 * What an action is made of. An action is what a person can do, said once for every purpose:
 *
 * - `request(args)`: the HTTP request that does it;
 * - `effect(view, args, command)`: the changes to show until the server has answered;
 * - `uses(args)`: what must exist for it to make sense;
 * - `creates(args)`: what exists after it, for the actions that make something.
 *
 * These are methods, so that an action that asks for certain arguments is an `Action` of any.
 *
 * @template [A=Args]
 * @typedef {{request(args: A): Request, uses(args: A): Ref[], creates?(args: A): Ref,
 *   effect(view: View, args: A, command: Command): Change[]}} Action
 */
import { fallbacks } from "../kinds.js";
import { keyBetween } from "../ordering.js";

/** @import { Args, Change, Command, Fields, Kind, Place, Ref, Request, Task, Things, View } from "../types.js" */

/** @typedef {"comment_count"|"checklist_done"|"checklist_total"|"attachment_count"} Count   what a card counts */

/**
 * Return a URL path whose values can't break out of their segment.
 *
 * @param {TemplateStringsArray} strings
 * @param {...string} values
 */
export function path(strings, ...values) {
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

/** @param {string} url @returns {Request} */
export const get = (url) => ({ method: "GET", path: url });
/** @param {string} url @param {unknown} body @returns {Request} */
export const post = (url, body) => ({ method: "POST", path: url, body });
/** @param {string} url @param {unknown} body @returns {Request} */
export const patch = (url, body) => ({ method: "PATCH", path: url, body });
/** @param {string} url @returns {Request} */
export const put = (url) => ({ method: "PUT", path: url });
/** @param {string} url @returns {Request} */
export const remove = (url) => ({ method: "DELETE", path: url });

/** @param {Kind} kind @param {string} id @returns {Ref} */
export const ref = (kind, id) => ({ kind, id });
/** @param {Kind} kind @param {string} id @param {Fields} set @returns {Change} */
export const change = (kind, id, set) => ({ kind, id, set });
/** @param {Kind} kind @param {string} id @param {Fields} set @returns {Change} with what older records lack */
export const creation = (kind, id, set) => change(kind, id, { ...fallbacks(kind), ...set });
/** @param {Kind} kind @param {string} id @returns {Change} */
export const deletion = (kind, id) => ({ kind, id, del: true });

/**
 * Return an action that only sets fields of one thing.
 *
 * @template {{id: string, taskId?: string}} A
 * @param {Kind} kind
 * @param {(args: A) => Request} request
 * @param {(args: A, command: Command) => Fields} fields
 * @returns {Action<A>}
 */
export function setFields(kind, request, fields) {
  return {
    request,
    uses: ({ id, taskId }) => [ref(kind, id), ...(taskId ? [ref("task", taskId)] : [])],
    effect: (view, args, command) =>
      view.get(kind, args.id) ? [change(kind, args.id, fields(args, command))] : [],
  };
}

/**
 * Return an action that removes a detail of a task; `counts(thing)` says by how much the task's counts change.
 *
 * @template {Kind} K
 * @param {K} kind
 * @param {(args: {id: string, taskId: string}) => Request} request
 * @param {(thing: Things[K]) => Partial<Record<Count, number>>} counts
 * @returns {Action<{id: string, taskId: string}>}
 */
export function removeDetail(kind, request, counts) {
  return {
    request,
    uses: ({ id, taskId }) => [ref(kind, id), ref("task", taskId)],
    effect: (view, { id, taskId }) => {
      const thing = view.get(kind, id);
      return thing ? [deletion(kind, id), changeCounts(view, taskId, counts(thing))] : [];
    },
  };
}

/**
 * Return a thing that an action's `uses` has named, so that it is there.
 *
 * @template {Kind} K
 * @param {View} view
 * @param {K} kind
 * @param {string} id
 * @returns {Things[K]}
 * @throws {TypeError} when it isn't
 */
export function getUsed(view, kind, id) {
  const thing = view.get(kind, id);
  if (!thing) throw new TypeError(`${kind} ${id} is not on the board`);
  return thing;
}

/**
 * Add to the counts a task shows on its card.
 *
 * @param {View} view
 * @param {string} taskId
 * @param {Partial<Record<Count, number>>} deltas
 */
export function changeCounts(view, taskId, deltas) {
  const task = getUsed(view, "task", taskId);
  const fields = /** @type {Count[]} */ (Object.keys(deltas));
  return change(
    "task",
    taskId,
    Object.fromEntries(fields.map((field) => [field, countAfter(task, field, deltas)])),
  );
}

/** @param {Task} task @param {Count} field @param {Partial<Record<Count, number>>} deltas */
function countAfter(task, field, deltas) {
  return Math.max(0, task[field] + (deltas[field] ?? 0));
}

/** @typedef {"task"|"column"|"checklist"|"item"} PlacedKind   what has a position */

/**
 * Return the position to show for something put between two neighbours of `within` (tasks of a column, columns of a
 * board).
 *
 * A neighbour that has gone elsewhere meanwhile is passed over: right after `after`, else right before `before`, else
 * at the end. No neighbour on a side means that side was open when the person dropped it.
 *
 * @template {PlacedKind} K
 * @param {View} view
 * @param {K} kind
 * @param {(thing: Things[K]) => boolean} within
 * @param {Place} neighbours
 * @param {string} [moving] the id of what is being moved
 * @returns {string}
 */
export function placeBetween(view, kind, within, { after = null, before = null }, moving) {
  const [low, high] = [neighbour(view, kind, within, after), neighbour(view, kind, within, before)];
  const stands = Boolean(low) === Boolean(after) && Boolean(high) === Boolean(before);
  const ordered = !low || !high || low.position < high.position;
  if ((low || high) && stands && ordered) return keyBetween(low?.position, high?.position);
  const others = function* () {
    for (const thing of view.all(kind)) if (within(thing) && thing.id !== moving) yield thing.position;
  };
  return positionAmong(others(), low, high);
}

/**
 * @template {PlacedKind} K
 * @param {View} view
 * @param {K} kind
 * @param {(thing: Things[K]) => boolean} within
 * @param {string|null} id
 */
function neighbour(view, kind, within, id) {
  const thing = id ? view.get(kind, id) : undefined;
  return thing && within(thing) ? thing : undefined;
}

/**
 * @param {Iterable<string>} positions
 * @param {{position: string}|undefined} low
 * @param {{position: string}|undefined} high
 */
function positionAmong(positions, low, high) {
  /** @type {(string|null)[]} */
  let [below, above, last] = [null, null, null];
  for (const position of positions) {
    if (low && position > low.position && (above === null || position < above)) above = position;
    if (high && position < high.position && (below === null || position > below)) below = position;
    if (last === null || position > last) last = position;
  }
  if (low) return keyBetween(low.position, above);
  return high ? keyBetween(below, high.position) : keyBetween(last, null);
}
