/** Maps. */

/**
 * Return the values that a map has of some keys, in the order of the keys.
 *
 * @template K, V
 * @param {ReadonlyMap<K, V>} map
 * @param {K[]} keys
 * @returns {V[]}
 */
export function valuesOf(map, keys) {
  return keys.flatMap((key) => {
    const value = map.get(key);
    return value === undefined ? [] : [value];
  });
}
