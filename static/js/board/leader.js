/** Which tab of this browser sends, and how tabs tell each other. */
import { newId } from "./identity.js";
import { clock } from "../lib/clock.js";
import { browserStore, findLocks, openBroadcast } from "../lib/platform.js";

const LEASE_MS = 6_000;
const RENEWAL_MS = 2_000;
const CONTEST_MS = 50;

/**
 * Asks to lead under a name: `lead(start)` calls `start` when this tab leads, and answers how to step down.
 *
 * Web Locks exist only where the page is secure (https or localhost); elsewhere a lease in the browser's store serves.
 * Two tabs may then lead for a moment; each command is still done once, because the server knows its mutation id. Where
 * tabs can't hear each other (`alone`), each sends its own.
 */
export function createLeader(name, { locks = findLocks(), alone = false, store = browserStore } = {}) {
  if (alone) return { lead: (start) => (start(), () => {}) };
  const lease = (start) => holdLease(store, name, start, clock);
  return { lead: (start) => (locks ? holdLock(locks, name, start) : lease(start)) };
}

function holdLock(locks, name, start) {
  const leaving = new AbortController();
  let release = () => leaving.abort();
  const hold = () => {
    start();
    return new Promise((resolve) => (release = resolve));
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
 * @param {import("../lib/platform.js").Store} store
 */
export function holdLease(store, name, start, clock) {
  const tab = newId();
  let [leads, timer] = [false, null];
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

function readLease(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Messages between the tabs of one browser: by BroadcastChannel, else by the store, which tells other tabs of what is
 * written. `isDeaf`: neither is there.
 *
 * @param {string} name
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

function openStoreChannel(name, store, page) {
  const key = `message ${name}`;
  let hear = () => {};
  const written = (event) => event.key === key && event.newValue && hear(JSON.parse(event.newValue).message);
  page.addEventListener("storage", written);
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
