/** Events that came before their turn. */

/** @import { BoardEvent } from "./types.js" */

const HELD_AT_MOST = 5_000;

export class HeldEvents {
  constructor() {
    this.events = new Map();
  }

  get size() {
    return this.events.size;
  }

  /** Keeps events later than `last`. @param {BoardEvent[]} events @param {number|null} last */
  hold(events, last) {
    for (const event of events) if (Number.isSafeInteger(event?.seq) && !(event.seq <= last)) this.events.set(event.seq, event);
  }

  /** Takes out the events that follow `last` without a gap, and forgets what is older. */
  takeAfter(last) {
    for (const seq of this.events.keys()) if (seq <= last) this.events.delete(seq);
    const next = [];
    for (let seq = last + 1; this.events.has(seq); seq += 1) next.push(this.events.get(seq));
    for (const { seq } of next) this.events.delete(seq);
    return next;
  }

  /** Held events cost memory and the log has them all: past a bound they are let go. @returns {boolean} whether */
  letGo() {
    if (this.events.size <= HELD_AT_MOST) return false;
    this.events.clear();
    return true;
  }
}
