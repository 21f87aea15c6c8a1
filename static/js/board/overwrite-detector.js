/** Somebody replaced what this person wrote a moment ago: who, where, and the words that are gone from the screen. */
import { FIELDS } from "./fields.js";

/** @import { BoardEvent, Change, Conflict } from "./types.js" */

const FRESH_MS = 10 * 60 * 1000;
const REMEMBERED = 200;

export class OverwriteDetector {
  /** By thing and field. @type {Map<string, {value: unknown, at: number}>} */
  written = new Map();

  /** @param {string} userId @param {{now(): number}} clock */
  constructor(userId, clock) {
    this.userId = userId;
    this.clock = clock;
  }

  /**
   * Takes in the next event.
   *
   * @param {BoardEvent} event
   * @returns {Conflict[]} what it replaced of this person's own words of the last ten minutes
   */
  detect(event) {
    const isMine = event.actor?.id === this.userId;
    return event.changes.flatMap((change) => (isMine ? this.remember(change) : this.compare(change)));
  }

  /** What one has made oneself is everybody's to name: only changes count. @param {Change} change @returns {Conflict[]} none */
  remember({ kind, id, set = {} }) {
    if (set.id) return [];
    for (const [field, value] of Object.entries(set).filter(([name]) => isOwn(kind, name))) {
      this.written.delete(`${id} ${field}`);
      this.written.set(`${id} ${field}`, { value, at: this.clock.now() });
    }
    for (const oldest of [...this.written.keys()].slice(0, -REMEMBERED)) this.written.delete(oldest);
    return [];
  }

  /** @param {Change} change @returns {Conflict[]} */
  compare({ kind, id, set = {} }) {
    return Object.entries(set).flatMap(([field, theirs]) => {
      const mine = this.written.get(`${id} ${field}`);
      this.written.delete(`${id} ${field}`);
      if (!mine || mine.value === null || mine.value === "" || mine.value === theirs) return [];
      if (this.clock.now() - mine.at > FRESH_MS) return [];
      return [{ ref: { kind, id }, field, mine: mine.value, theirs }];
    });
  }
}

/** What a person writes and nothing merges: of a text that is merged, the merging tells. @param {string} kind @param {string} field */
function isOwn(kind, field) {
  const known = FIELDS[kind]?.[field];
  return Boolean(known?.typed && !known.merges);
}
