/** Chance that can be repeated: the same seed gives the same test (mulberry32). */
export function createChance(seed) {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (bound) => Math.floor(next() * bound);
  return {
    next,
    below,
    pick: (list) => list[below(list.length)],
    happens: (probability) => next() < probability,
  };
}
