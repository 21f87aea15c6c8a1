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
