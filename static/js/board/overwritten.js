/** Somebody replaced what this person wrote a moment ago: who, where, and the words that are gone from the screen. */
import { FIELDS } from "./fields.js";

/** @import { BoardEvent } from "./types.js" */

const FRESH_MS = 10 * 60 * 1000;
const REMEMBERED = 200;

export class OwnWords {
  /** @param {string} userId @param {{now(): number}} clock */
  constructor(userId, clock) {
    Object.assign(this, { userId, clock, written: new Map() });
  }

  /**
   * Takes in the next event.
   *
   * @param {BoardEvent} event
   * @returns {{ref: {kind: string, id: string}, field: string, mine: unknown, theirs: unknown}[]} what it replaced of
   *   this person's own words of the last ten minutes
   */
  heed(event) {
    const isMine = event.actor?.id === this.userId;
    return event.changes.flatMap((change) => (isMine ? this.remember(change) : this.compare(change)));
  }

  /** What one has made oneself is everybody's to name: only changes count. */
  remember({ kind, id, set = {} }) {
    if (set.id) return [];
    for (const field of Object.keys(set).filter((name) => isOwn(kind, name))) {
      this.written.delete(`${id} ${field}`);
      this.written.set(`${id} ${field}`, { kind, value: set[field], at: this.clock.now() });
    }
    while (this.written.size > REMEMBERED) this.written.delete(this.written.keys().next().value);
    return [];
  }

  compare({ kind, id, set = {} }) {
    return Object.entries(set).flatMap(([field, theirs]) => {
      const mine = this.written.get(`${id} ${field}`);
      this.written.delete(`${id} ${field}`);
      const isNews = mine && mine.value !== null && mine.value !== "" && mine.value !== theirs;
      if (!isNews || this.clock.now() - mine.at > FRESH_MS) return [];
      return [{ ref: { kind, id }, field, mine: mine.value, theirs }];
    });
  }
}

/** What a person writes and nothing merges: of a text that is merged, the merging tells. */
function isOwn(kind, field) {
  const known = FIELDS[kind]?.[field];
  return Boolean(known?.typed && !known.merges);
}
