/**
 * Changes on their way into the database. Writing there takes a moment in which a tab may be closed; the browser's
 * store is written before the person's next breath.
 */

import { browserStore } from "../lib/platform.js";

/** @import { Command } from "./types.js" */

/** A journal that keeps nothing. */
export const NO_JOURNAL = { write: () => false, erase: () => {}, list: () => [] };

/**
 * @param {string} user whose commands these are
 * @param {import("../lib/platform.js").Store} [store]
 * @returns {{write(command: Command): boolean, erase(id: string): void, list(): Command[]}} `write` answers whether the
 *   command survives this page; `list` is in order of writing
 */
export function openJournal(user, store = browserStore) {
  const prefix = `outbox ${user} `;
  let count = 0;

  function list() {
    const entries = store.names().filter((name) => name.startsWith(prefix)).map((name) => read(store.get(name)));
    const whole = entries.filter((entry) => entry?.command);
    return whole.sort((a, b) => a.at - b.at || a.count - b.count).map(({ command }) => command);
  }

  return {
    write: (command) => store.set(prefix + command.id, JSON.stringify({ at: Date.now(), count: count++, command })),
    erase: (id) => store.remove(prefix + id),
    list,
  };
}

/** An entry, or undefined when something else wrote it. */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
