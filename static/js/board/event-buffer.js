/** A buffer of events that came before the ones they follow. */

/** @import { BoardEvent } from "./types.js" */

const CAPACITY = 5_000;

export class EventBuffer {
  /** By their seqs. @type {Map<number, BoardEvent>} */
  events = new Map();

  get size() {
    return this.events.size;
  }

  /** Keeps events later than `last`. @param {BoardEvent[]} events @param {number|null} last */
  add(events, last) {
    const from = last ?? -Infinity;
    for (const event of events)
      if (Number.isSafeInteger(event?.seq) && event.seq > from) this.events.set(event.seq, event);
  }

  /** Takes out the events that follow `last` without a gap, and forgets what is older. @param {number} last */
  takeAfter(last) {
    for (const seq of this.events.keys()) if (seq <= last) this.events.delete(seq);
    const next = [];
    for (let event = this.events.get(last + 1); event; event = this.events.get(event.seq + 1))
      next.push(event);
    for (const { seq } of next) this.events.delete(seq);
    return next;
  }

  /** Empties a buffer that has grown too large: the log has the events. @returns {boolean} whether it did */
  clearIfFull() {
    if (this.events.size <= CAPACITY) return false;
    this.events.clear();
    return true;
  }
}
