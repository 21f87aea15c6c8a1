/**
 * Changes on their way into IndexedDB. Writing there takes a moment in which a tab may be closed; localStorage is
 * written before the person's next breath.
 */

/** @import { Command } from "./types.js" */

/** A journal that keeps nothing, where there is no localStorage. */
export const NO_JOURNAL = { write: () => {}, erase: () => {}, list: () => [] };

/**
 * @param {string} user whose commands these are
 * @param {Storage} [storage]
 * @returns {{write(command: Command): void, erase(id: string): void, list(): Command[]}} `list` is in order of writing
 */
export function openJournal(user, storage = globalThis.localStorage) {
  const prefix = `outbox ${user} `;
  let count = 0;

  function entries() {
    const names = Object.keys(storage).filter((name) => name.startsWith(prefix));
    return names.map((name) => JSON.parse(storage.getItem(name)));
  }

  return {
    write: (command) =>
      attempt(() => storage.setItem(prefix + command.id, JSON.stringify({ at: Date.now(), count: count++, command }))),
    erase: (id) => attempt(() => storage.removeItem(prefix + id)),
    list() {
      const found = attempt(entries) ?? [];
      return found.sort((a, b) => a.at - b.at || a.count - b.count).map(({ command }) => command);
    },
  };
}

/** A storage that is full or forbidden costs only the moment that it would have bridged. */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
