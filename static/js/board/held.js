/** Events that came before their turn. */

/** @import { BoardEvent } from "./types.js" */

const HELD_AT_MOST = 5_000;

export class HeldEvents {
  /** By their seqs. @type {Map<number, BoardEvent>} */
  events = new Map();

  get size() {
    return this.events.size;
  }

  /** Keeps events later than `last`. @param {BoardEvent[]} events @param {number|null} last */
  hold(events, last) {
    const from = last ?? -Infinity;
    for (const event of events) if (Number.isSafeInteger(event?.seq) && event.seq > from) this.events.set(event.seq, event);
  }

  /** Takes out the events that follow `last` without a gap, and forgets what is older. @param {number} last */
  takeAfter(last) {
    for (const seq of this.events.keys()) if (seq <= last) this.events.delete(seq);
    const next = [];
    for (let event = this.events.get(last + 1); event; event = this.events.get(event.seq + 1)) next.push(event);
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
