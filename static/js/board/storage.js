/** The outbox in IndexedDB, one database a person; the key is the order in which commands were given. */

/** @import { Command } from "./types.js" */

const STORE = "commands";

/**
 * @param {string} user the id of whom the commands belong to
 * @returns {{add(command: Command): Promise<number>, put(command: Command): Promise<void>,
 *   remove(id: string): Promise<void>, list(): Promise<Command[]>}}
 */
export function openStorage(user, factory = globalThis.indexedDB) {
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

  return {
    add,
    async put(command) {
      const key = await keyOf(command.id);
      if (key !== undefined) await run("readwrite", (store) => store.put({ ...withoutOrder(command), order: key }));
    },
    async remove(id) {
      const key = await keyOf(id);
      if (key !== undefined) await run("readwrite", (store) => store.delete(key));
    },
    list: () => run("readonly", (store) => store.getAll()),
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
