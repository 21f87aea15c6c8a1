/**
 * The time and timers, in the shape that tests can replace; times in milliseconds.
 *
 * @typedef {{now(): number, set(action: () => void, ms: number): number, clear(timer: number|undefined): void}} Clock
 */

/** The browser's clock. @type {Clock} */
export const clock = {
  now: () => Date.now(),
  set: (action, ms) => setTimeout(action, ms),
  clear: (timer) => clearTimeout(timer),
};
