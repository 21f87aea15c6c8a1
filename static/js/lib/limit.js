/**
 * A promise that has to be kept in time.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {{set(action: () => void, ms: number): unknown, clear(handle: unknown): void}} clock
 * @returns {Promise<T>} rejects with an Error when it takes longer
 */
export async function limit(promise, ms, clock) {
  let timer;
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
 * Work that has to be done in time. While a piece of it is overdue the next is refused at once, so that what hangs is
 * waited for once and not each time.
 *
 * @param {number} ms
 * @param {Parameters<typeof limit>[2]} clock
 * @returns {<T>(work: () => Promise<T>) => Promise<T>}
 */
export function createBreaker(ms, clock) {
  let overdue = 0;
  return async function inTime(work) {
    if (overdue > 0) throw new Error("what was asked before has not been answered");
    let isOpen = true;
    const promise = work().finally(() => (isOpen = false));
    try {
      return await limit(promise, ms, clock);
    } catch (error) {
      if (isOpen) {
        overdue += 1;
        promise.catch(() => {}).finally(() => (overdue -= 1));
      }
      throw error;
    }
  };
}
