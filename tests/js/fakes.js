/** Stand-ins for the browser's clock, storage and tabs, small enough to be obviously right. */

/** A clock that moves only when told to. */
export class FakeClock {
  time = 0;
  timers = new Map();

  now = () => this.time;
  set = (action, ms) => {
    const handle = Symbol("timer");
    this.timers.set(handle, { at: this.time + ms, action });
    return handle;
  };
  clear = (handle) => this.timers.delete(handle);

  /** Runs what falls due, in order, letting promises settle after each. */
  async pass(ms) {
    const end = this.time + ms;
    await settle();
    for (let due = this.nextDue(end); due; due = this.nextDue(end)) {
      const [handle, { at, action }] = due;
      this.timers.delete(handle);
      this.time = Math.max(this.time, at);
      action();
      await settle();
    }
    this.time = end;
  }

  nextDue(end) {
    const due = [...this.timers].filter(([, { at }]) => at <= end);
    return due.sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Lets everything that waits only for promises go on. */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The outbox's storage, on a Map that several tabs may share. */
export function createStorage(rows = new Map()) {
  return {
    rows,
    async add(command) {
      rows.last = (rows.last ?? 0) + 1;
      rows.set(command.id, structuredClone({ ...command, order: rows.last }));
      return rows.last;
    },
    async put(command) {
      if (rows.has(command.id))
        rows.set(command.id, structuredClone({ ...command, order: rows.get(command.id).order }));
    },
    remove: async (id) => void rows.delete(id),
    list: async () => structuredClone([...rows.values()].sort((a, b) => a.order - b.order)),
  };
}

/** Channels between tabs: what one posts, the others hear. */
export function createAir() {
  const channels = new Set();
  return function openChannel() {
    const channel = {
      heard: () => {},
      listen: (listener) => (channel.heard = listener),
      close: () => channels.delete(channel),
      post: (message) => {
        for (const other of channels)
          if (other !== channel) queueMicrotask(() => other.heard(structuredClone(message)));
      },
    };
    channels.add(channel);
    return channel;
  };
}

/** A lock: the first who asks leads, the next when it resigns. */
export function createElection() {
  const waiting = [];
  return {
    lead(start) {
      waiting.push(start);
      if (waiting[0] === start) start();
      return () => {
        const led = waiting[0] === start;
        waiting.splice(waiting.indexOf(start), 1);
        if (led) waiting[0]?.();
      };
    },
  };
}
