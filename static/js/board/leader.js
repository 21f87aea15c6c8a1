/** Which tab of this browser sends: the one that holds a lock all tabs ask for. */

/**
 * Asks to lead under a name; `start` is called when this tab leads.
 *
 * Web Locks exist only where the page is secure (https or localhost). Elsewhere every tab leads: each command is still
 * done once, because the server knows its mutation id.
 *
 * @param {string} name
 * @param {LockManager|undefined} locks
 */
export function createLeader(name, locks = globalThis.navigator?.locks) {
  function lead(start) {
    if (!locks) {
      start();
      return () => {};
    }
    const leaving = new AbortController();
    let release = () => {};
    const hold = () => new Promise((resolve) => ((release = resolve), start()));
    locks.request(name, { signal: leaving.signal }, hold).catch((error) => {
      if (error.name !== "AbortError") start();
    });
    return () => (leaving.abort(), release());
  }
  return { lead };
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
