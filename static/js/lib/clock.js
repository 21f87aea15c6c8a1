/** The browser's clock, in the shape that tests can replace. */
export const clock = {
  now: () => Date.now(),
  set: (action, ms) => setTimeout(action, ms),
  clear: (handle) => clearTimeout(handle),
};
