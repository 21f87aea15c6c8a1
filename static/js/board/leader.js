/** Which tab of this browser sends, and how tabs tell each other. */
import { newId } from "./identity.js";
import { clock } from "../lib/clock.js";
import { browserStore, findLocks, openBroadcast } from "../lib/platform.js";

const LEASE_MS = 6_000;
const RENEWAL_MS = 2_000;
const CONTEST_MS = 50;

/** @import { Clock, Problem } from "./types.js" */
/** @import { Store } from "../lib/platform.js" */

/**
 * @typedef {{lead(start: () => void): () => void}} Leader   `lead` calls `start` when this tab leads, and returns how to
 *   step down
 * @typedef {{type: "withdrawn"|"confirmed"|"dismissed", id: string} | {type: "answered", id: string, seq: number}
 *   | {type: "refused", id: string, problem: Problem, dependents: string[]}} OutcomeMessage   what became of a command
 * @typedef {OutcomeMessage | {type: "opened"} | {type: "added"} | {type: "wake"} | {type: "halted", problem: Problem}
 *   | {type: "unwanted", id: string}} TabMessage   what tabs tell each other of the outbox
 * @typedef {Object} Channel
 * @property {boolean} isDeaf   no other tab can be heard
 * @property {(message: TabMessage) => unknown} post
 * @property {(listener: (message: TabMessage) => void) => void} listen
 * @property {() => void} close
 * @typedef {Pick<BroadcastChannel, "postMessage"|"onmessage"|"close">} Broadcast
 * @typedef {Pick<Window, "addEventListener"|"removeEventListener">} Page
 */

/**
 * Asks to lead under a name: `lead(start)` calls `start` when this tab leads, and answers how to step down.
 *
 * Web Locks exist only where the page is secure (https or localhost); elsewhere a lease in the browser's store serves.
 * Two tabs may then lead for a moment; each command is still done once, because the server knows its mutation id. Where
 * tabs can't hear each other (`alone`), each sends its own.
 *
 * @param {string} name @param {{locks?: LockManager, alone?: boolean, store?: Store}} [browser]
 * @returns {Leader}
 */
export function createLeader(name, { locks = findLocks(), alone = false, store = browserStore } = {}) {
  if (alone) return { lead: leadAlways };
  /** @param {() => void} start */
  const lease = (start) => holdLease(store, name, start, clock);
  return { lead: (start) => (locks ? holdLock(locks, name, start) : lease(start)) };
}

/** @param {() => void} start */
function leadAlways(start) {
  start();
  return () => {};
}

/** @param {LockManager} locks @param {string} name @param {() => void} start */
function holdLock(locks, name, start) {
  const leaving = new AbortController();
  let release = () => leaving.abort();
  const hold = () => {
    start();
    /** @type {Promise<void>} */
    const released = new Promise((resolve) => (release = resolve));
    return released;
  };
  locks.request(name, { signal: leaving.signal }, hold).catch((error) => {
    if (error.name !== "AbortError") start();
  });
  return () => release();
}

/**
 * Holds a lease for as long as it is renewed; who stops renewing it, crashed or throttled, loses it. One that ends later
 * than any lease can was written by a clock that has been set since, and is nobody's.
 *
 * @param {Store} store @param {string} name @param {() => void} start @param {Clock} clock
 */
export function holdLease(store, name, start, clock) {
  const tab = newId();
  let leads = false;
  /** @type {number|undefined} */
  let timer;
  const renew = () => {
    const lease = readLease(store.get(name));
    const isOurs = lease?.tab === tab;
    const left = lease ? lease.until - clock.now() : 0;
    const isFree = !(left > 0 && left <= LEASE_MS);
    if (isOurs || isFree) store.set(name, JSON.stringify({ tab, until: clock.now() + LEASE_MS }));
    if (isOurs && !leads) start();
    leads = isOurs;
    timer = clock.set(renew, isFree ? CONTEST_MS : RENEWAL_MS);
  };
  renew();
  return () => {
    clock.clear(timer);
    if (leads) store.remove(name);
  };
}

/** @param {string|null} text @returns {{tab: string, until: number}|null} null when nobody holds one */
function readLease(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/**
 * Messages between the tabs of one browser: by BroadcastChannel, else by the store, which tells other tabs of what is
 * written. `isDeaf`: neither is there.
 *
 * @param {string} name @param {Broadcast} [broadcast] @param {Store} [store] @param {Page} [page]
 * @returns {Channel}
 */
export function openChannel(name, broadcast = openBroadcast(name), store = browserStore, page = globalThis) {
  if (!broadcast) return openStoreChannel(name, store, page);
  return {
    isDeaf: false,
    post: (message) => broadcast.postMessage(message),
    listen: (listener) => (broadcast.onmessage = ({ data }) => listener(data)),
    close: () => broadcast.close(),
  };
}

/** @param {string} name @param {Store} store @param {Page} page @returns {Channel} */
function openStoreChannel(name, store, page) {
  const key = `message ${name}`;
  /** @type {(message: TabMessage) => void} */
  let hear = () => {};
  /** @param {StorageEvent} event */
  const written = (event) => event.key === key && event.newValue && hear(JSON.parse(event.newValue).message);
  page.addEventListener("storage", written);
  /** @param {TabMessage} message */
  const write = (message) => {
    const isKept = store.set(key, JSON.stringify({ id: newId(), message }));
    store.remove(key);
    return isKept;
  };
  return {
    isDeaf: !write({ type: "opened" }),
    post: write,
    listen: (listener) => (hear = listener),
    close: () => page.removeEventListener("storage", written),
  };
}
