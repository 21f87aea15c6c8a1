const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Return how long to wait after so many failures in a row: exponential backoff with jitter, between half and all of
 * it, so that many browsers don't come back at the same moment.
 *
 * @param {number} failures 1 or more
 * @param {() => number} random
 * @returns {number} milliseconds
 */
export function backoff(failures, random = Math.random) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return longest * (0.5 + random() / 2);
}
