/**
 * Changes on their way into the database. Writing there takes a moment in which a tab may be closed; the browser's
 * store is written before the person's next breath.
 */

import { browserStore } from "../lib/platform.js";

/** @import { Command } from "./types.js" */

/**
 * @typedef {Object} Journal
 * @property {(command: Command) => boolean} write   returns whether the command survives this page
 * @property {(id: string) => void} erase
 * @property {() => Command[]} list   in order of writing
 */

/** A journal that keeps nothing. @type {Journal} */
export const NO_JOURNAL = { write: () => false, erase: () => {}, list: () => [] };

/**
 * @param {string} user whose commands these are
 * @param {import("../lib/platform.js").Store} [store]
 * @returns {Journal}
 */
export function openJournal(user, store = browserStore) {
  const prefix = `outbox ${user} `;
  let count = 0;

  function list() {
    const entries = store
      .names()
      .filter((name) => name.startsWith(prefix))
      .map((name) => read(store.get(name)));
    const whole = entries.filter((entry) => entry !== undefined);
    return whole.sort((a, b) => a.at - b.at || a.count - b.count).map(({ command }) => command);
  }

  return {
    write: (command) =>
      store.set(prefix + command.id, JSON.stringify({ at: Date.now(), count: count++, command })),
    erase: (id) => store.remove(prefix + id),
    list,
  };
}

/** @param {string|null} text @returns {{at: number, count: number, command: Command}|undefined} undefined when something else wrote it */
function read(text) {
  try {
    const entry = JSON.parse(text ?? "null");
    return entry?.command ? entry : undefined;
  } catch {
    return undefined;
  }
}
