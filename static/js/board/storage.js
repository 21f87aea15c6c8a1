/** The outbox in IndexedDB, one database a person; the key is the order in which commands were given. */

import { clock } from "../lib/clock.js";
import { createCircuitBreaker } from "../lib/timeout.js";
import { findDatabases } from "../lib/platform.js";

/** @import { Command } from "./types.js" */

const STORE = "commands";
const PATIENCE_MS = 3_000;

/**
 * @typedef {Object} Storage
 * @property {(command: Command) => Promise<number>} add   returns its place in the queue
 * @property {(command: Command) => Promise<void>} put
 * @property {(id: string) => Promise<void>} remove
 * @property {() => Promise<Command[]>} list   in order
 */

/**
 * Every method rejects where there is no database, where it refuses, and after three seconds where it never answers; what
 * comes while one hangs is refused at once.
 *
 * @param {string} user the id of whom the commands belong to
 * @param {IDBFactory} [factory]
 * @param {import("./types.js").Clock} [timers]
 * @returns {Storage}
 */
export function openStorage(user, factory = findDatabases(), timers = clock) {
  const inTime = createCircuitBreaker(PATIENCE_MS, timers);
  /** @type {Promise<IDBDatabase>|undefined} */
  let opening;
  const forgetOpening = () => (opening = undefined);
  const open = () => {
    opening ??= openDatabase(factory, `board-outbox-${user}`, forgetOpening);
    opening.catch(forgetOpening);
    return opening;
  };

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work */
  async function run(mode, work) {
    const transaction = (await open()).transaction(STORE, mode, { durability: "relaxed" });
    const request = work(transaction.objectStore(STORE));
    await finished(transaction);
    return request.result;
  }

  /** @param {string} id */
  async function keyOf(id) {
    return run("readonly", (store) => store.index("id").getKey(id));
  }

  /** Once: another tab may be storing the same command, found in the journal. @param {Command} command */
  async function add(command) {
    const transaction = (await open()).transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore(STORE);
    const known = store.index("id").getKey(command.id);
    /** @type {IDBRequest<IDBValidKey>|undefined} */
    let added;
    known.onsuccess = () => {
      if (known.result === undefined) added = store.add(withoutOrder(command));
    };
    await finished(transaction);
    return Number((added ?? known).result);
  }

  /** @param {Command} command */
  async function put(command) {
    const key = await keyOf(command.id);
    if (key !== undefined)
      await run("readwrite", (store) => store.put({ ...withoutOrder(command), order: key }));
  }

  /** @param {string} id */
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

/**
 * @param {IDBFactory|undefined} factory @param {string} name
 * @param {() => void} onEnd the browser has closed it (the person cleared the site's storage); it can be opened anew
 * @returns {Promise<IDBDatabase>}
 */
function openDatabase(factory, name, onEnd) {
  return new Promise((resolve, reject) => {
    if (!factory) throw new Error("this browser has no database");
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

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** @param {Command} command @returns {Command} */
function withoutOrder({ order, ...command }) {
  return command;
}
