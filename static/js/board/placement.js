/** Where a dropped thing goes, in terms of its unfiltered neighbours. Pure. */

/**
 * The neighbours in the whole list for a drop among the visible ones: right after the visible thing above it, else
 * right before the visible thing below it, else at the end.
 *
 * @param {string[]} ids all ids of the list, in order
 * @param {string[]} visible those the filter lets through, in order
 * @param {string|null} moving what is being moved, if it is in the list
 * @param {string|null} beforeId the visible thing it was dropped in front of; null: after the last
 * @returns {{after: string|null, before: string|null}}
 */
export function neighbours(ids, visible, moving, beforeId) {
  const all = ids.filter((id) => id !== moving);
  const shown = visible.filter((id) => id !== moving);
  const index = beforeId === null ? shown.length : shown.indexOf(beforeId);
  const above = shown[index - 1];
  if (above !== undefined) return around(all, all.indexOf(above) + 1);
  if (index === 0 && shown.length) return around(all, all.indexOf(shown[0]));
  return around(all, all.length);
}

/** Whether the neighbours are the ones the thing already has. @param {string[]} ids @param {string} moving @param {{after: string|null, before: string|null}} place */
export function isSamePlace(ids, moving, { after, before }) {
  const at = ids.indexOf(moving);
  return at >= 0 && (ids[at - 1] ?? null) === after && (ids[at + 1] ?? null) === before;
}

/** @param {string[]} ids @param {number} index */
function around(ids, index) {
  return { after: ids[index - 1] ?? null, before: ids[index] ?? null };
}
