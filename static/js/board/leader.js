/** Which tab of this browser sends, and how tabs tell each other. */
import { newId } from "./identity.js";

const LEASE_MS = 6_000;
const RENEWAL_MS = 2_000;

/**
 * Asks to lead under a name: `lead(start)` calls `start` when this tab leads, and answers how to step down.
 *
 * Web Locks exist only where the page is secure (https or localhost); elsewhere a lease in localStorage serves. Two
 * tabs may then lead for a moment; each command is still done once, because the server knows its mutation id.
 */
export function createLeader(name, locks = globalThis.navigator?.locks) {
  return { lead: (start) => (locks ? holdLock(locks, name, start) : holdLease(globalThis.localStorage, name, start)) };
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

/** @param {Storage} storage */
export function holdLease(storage, name, start, clock = Date) {
  const tab = newId();
  const read = () => JSON.parse(storage.getItem(name) ?? "null");
  const write = (until) => storage.setItem(name, JSON.stringify({ tab, until }));
  let [leads, hasLeft] = [false, false];
  const renew = () => {
    if (hasLeft) return;
    const lease = read();
    if (lease && lease.tab !== tab && lease.until > clock.now()) return void (leads = false);
    write(clock.now() + LEASE_MS);
    if (!leads && lease?.tab === tab) start();
    leads = lease?.tab === tab;
    if (!leads) setTimeout(renew, 50);
  };
  const timer = setInterval(renew, RENEWAL_MS);
  renew();
  return () => {
    hasLeft = true;
    clearInterval(timer);
    if (leads) storage.removeItem(name);
  };
}

/** Messages between the tabs of one browser. */
export function openChannel(name) {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => (channel.onmessage = ({ data }) => listener(data)),
    close: () => channel.close(),
  };
}
