/** Time limits. */

/** @import { Clock } from "./clock.js" */

/**
 * Return a promise's result, or reject when it takes too long.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {Pick<Clock, "set"|"clear">} clock
 * @returns {Promise<T>} rejects with an Error when it takes longer
 */
export async function withTimeout(promise, ms, clock) {
  /** @type {number|undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = clock.set(() => reject(new Error(`took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clock.clear(timer);
  }
}

/**
 * Return a circuit breaker: a function that does work with a time limit. While earlier work is overdue it refuses the
 * next at once, so that what hangs is waited for once and not each time.
 *
 * @param {number} ms
 * @param {Pick<Clock, "set"|"clear">} clock
 * @returns {<T>(work: () => Promise<T>) => Promise<T>}
 */
export function createCircuitBreaker(ms, clock) {
  let overdue = 0;
  return async function inTime(work) {
    if (overdue > 0) throw new Error("what was asked before has not been answered");
    let isOpen = true;
    const promise = work().finally(() => (isOpen = false));
    try {
      return await withTimeout(promise, ms, clock);
    } catch (error) {
      if (isOpen) {
        overdue += 1;
        promise.catch(() => {}).finally(() => (overdue -= 1));
      }
      throw error;
    }
  };
}
