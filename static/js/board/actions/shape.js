/**
 * What an action is made of. An action is what a person can do, said once for every purpose:
 *
 * - `request(args)`: the HTTP request that does it, `{method, path, body}`;
 * - `effect(view, args, command)`: the changes to show until the server has answered;
 * - `uses(args)`: what must exist for it to make sense;
 * - `creates(args)`: what exists after it, for the actions that make something.
 */
import { fallbacks } from "../kinds.js";
import { keyBetween } from "../ordering.js";

/** A URL path whose values can't break out of their segment. */
export function path(strings, ...values) {
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

export const get = (url) => ({ method: "GET", path: url });
export const post = (url, body) => ({ method: "POST", path: url, body });
export const patch = (url, body) => ({ method: "PATCH", path: url, body });
export const put = (url) => ({ method: "PUT", path: url });
export const remove = (url) => ({ method: "DELETE", path: url });

export const ref = (kind, id) => ({ kind, id });
export const change = (kind, id, set) => ({ kind, id, set });
export const creation = (kind, id, set) => change(kind, id, { ...fallbacks(kind), ...set });
export const deletion = (kind, id) => ({ kind, id, del: true });

/** An action that only sets fields of one thing. */
export function setting(kind, request, fields) {
  return {
    request,
    uses: ({ id, taskId }) => [ref(kind, id), ...(taskId ? [ref("task", taskId)] : [])],
    effect: (view, args, command) => (view.get(kind, args.id) ? [change(kind, args.id, fields(args, command))] : []),
  };
}

/** An action that removes a detail of a task; `counts(thing)` says by how much the task's counts change. */
export function removal(kind, request, counts) {
  return {
    request,
    uses: ({ id, taskId }) => [ref(kind, id), ref("task", taskId)],
    effect: (view, { id, taskId }) => {
      const thing = view.get(kind, id);
      return thing ? [deletion(kind, id), counted(view, taskId, counts(thing))] : [];
    },
  };
}

/** Adds to the counts a task shows on its card. */
export function counted(view, taskId, deltas) {
  const task = view.get("task", taskId);
  const counts = Object.entries(deltas).map(([field, delta]) => [field, Math.max(0, task[field] + delta)]);
  return change("task", taskId, Object.fromEntries(counts));
}

/**
 * The position to show for something put between two neighbours of `within` (tasks of a column, columns of a board).
 *
 * A neighbour that has gone elsewhere meanwhile is passed over: right after `after`, else right before `before`, else
 * at the end. No neighbour on a side means that side was open when the person dropped it.
 */
export function place(view, kind, within, { after = null, before = null }, moving) {
  const [low, high] = [neighbour(view, kind, within, after), neighbour(view, kind, within, before)];
  const stands = Boolean(low) === Boolean(after) && Boolean(high) === Boolean(before);
  const ordered = !low || !high || low.position < high.position;
  if ((low || high) && stands && ordered) return keyBetween(low?.position, high?.position);
  const others = function* () {
    for (const thing of view.all(kind)) if (within(thing) && thing.id !== moving) yield thing.position;
  };
  return positionAmong(others(), low, high);
}

function neighbour(view, kind, within, id) {
  const thing = id ? view.get(kind, id) : undefined;
  return thing && within(thing) ? thing : undefined;
}

function positionAmong(positions, low, high) {
  let [below, above, last] = [null, null, null];
  for (const position of positions) {
    if (low && position > low.position && (above === null || position < above)) above = position;
    if (high && position < high.position && (below === null || position > below)) below = position;
    if (last === null || position > last) last = position;
  }
  if (low) return keyBetween(low.position, above);
  return high ? keyBetween(below, high.position) : keyBetween(last, null);
}
