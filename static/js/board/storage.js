/** The outbox in IndexedDB, one database a person; the key is the order in which commands were given. */

import { clock } from "../lib/clock.js";
import { createBreaker } from "../lib/limit.js";
import { findDatabases } from "../lib/platform.js";

/** @import { Command } from "./types.js" */

const STORE = "commands";
const PATIENCE_MS = 3_000;

/**
 * Every method rejects where there is no database, where it refuses, and after three seconds where it never answers; what
 * comes while one hangs is refused at once.
 *
 * @param {string} user the id of whom the commands belong to
 * @returns {{add(command: Command): Promise<number>, put(command: Command): Promise<void>,
 *   remove(id: string): Promise<void>, list(): Promise<Command[]>}}
 */
export function openStorage(user, factory = findDatabases(), timers = clock) {
  const inTime = createBreaker(PATIENCE_MS, timers);
  let opening = null;
  const forgetOpening = () => (opening = null);
  const open = () => {
    opening ??= openDatabase(factory, `board-outbox-${user}`, forgetOpening);
    opening.catch(forgetOpening);
    return opening;
  };

  async function run(mode, work) {
    const transaction = (await open()).transaction(STORE, mode, { durability: "relaxed" });
    const request = work(transaction.objectStore(STORE));
    await finished(transaction);
    return request.result;
  }

  async function keyOf(id) {
    return run("readonly", (store) => store.index("id").getKey(id));
  }

  /** Once: another tab may be storing the same command, found in the journal. */
  async function add(command) {
    const transaction = (await open()).transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore(STORE);
    let request = store.index("id").getKey(command.id);
    request.onsuccess = () => {
      if (request.result === undefined) request = store.add(withoutOrder(command));
    };
    await finished(transaction);
    return request.result;
  }

  async function put(command) {
    const key = await keyOf(command.id);
    if (key !== undefined) await run("readwrite", (store) => store.put({ ...withoutOrder(command), order: key }));
  }

  async function remove(id) {
    const key = await keyOf(id);
    if (key !== undefined) await run("readwrite", (store) => store.delete(key));
  }

  return {
    add: (command) => inTime(() => add(command)),
    put: (command) => inTime(() => put(command)),
    remove: (id) => inTime(() => remove(id)),
    list: () => inTime(() => run("readonly", (store) => store.getAll())),
  };
}

/** `onEnd`: the browser has closed it (the person cleared the site's storage); it can be opened anew. */
function openDatabase(factory, name, onEnd) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex("id", "id", { unique: true });
    };
    request.onsuccess = () => {
      request.result.onclose = onEnd;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

function withoutOrder({ order, ...command }) {
  return command;
}
