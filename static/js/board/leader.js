/** Which tab of this browser sends, and how tabs tell each other. */
import { newId } from "./identity.js";
import { clock } from "../lib/clock.js";

const LEASE_MS = 6_000;
const RENEWAL_MS = 2_000;
const CONTEST_MS = 50;

/**
 * Asks to lead under a name: `lead(start)` calls `start` when this tab leads, and answers how to step down.
 *
 * Web Locks exist only where the page is secure (https or localhost); elsewhere a lease in localStorage serves. Two
 * tabs may then lead for a moment; each command is still done once, because the server knows its mutation id.
 */
export function createLeader(name, locks = globalThis.navigator?.locks) {
  const lease = (start) => holdLease(globalThis.localStorage, name, start, clock);
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
 * Holds a lease for as long as it is renewed; who stops renewing it, crashed or throttled, loses it.
 *
 * @param {Storage} storage
 */
export function holdLease(storage, name, start, clock) {
  const tab = newId();
  let [leads, timer] = [false, null];
  const renew = () => {
    const lease = JSON.parse(storage.getItem(name) ?? "null");
    const isOurs = lease?.tab === tab;
    const isFree = !lease || lease.until <= clock.now();
    if (isOurs || isFree) storage.setItem(name, JSON.stringify({ tab, until: clock.now() + LEASE_MS }));
    if (isOurs && !leads) start();
    leads = isOurs;
    timer = clock.set(renew, isFree ? CONTEST_MS : RENEWAL_MS);
  };
  renew();
  return () => {
    clock.clear(timer);
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
