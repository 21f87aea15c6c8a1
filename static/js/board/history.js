/** A board in time: undo and redo, what happened, what changed since one's last visit, and the board as it was. */
import { path } from "./actions/action.js";
import { ActivityFeed } from "./activity.js";
import { OverwriteDetector } from "./overwrite-detector.js";
import { clock } from "../lib/clock.js";

/** @import { ActivityPage, Api, BoardEvent, Conflict, Moment, Snapshot } from "./types.js" */

const COUNTED_AT_MOST = 200;

export class History {
  /** @type {Set<ActivityFeed>} */
  feeds = new Set();

  /**
   * @param {{boardId: string, userId: string, api: Api, undo: import("./undo.js").Undo,
   *   overwritten: (event: BoardEvent, loss: Conflict) => void}} ports
   */
  constructor({ boardId, userId, api, undo, overwritten }) {
    this.boardId = boardId;
    this.userId = userId;
    this.api = api;
    this.undo = undo;
    this.overwritten = overwritten;
    this.overwrites = new OverwriteDetector(userId, clock);
  }

  /** The next event of the board was applied. @param {BoardEvent} event */
  onEvent(event) {
    for (const feed of this.feeds) feed.onEvent(event);
    for (const loss of this.overwrites.detect(event)) this.overwritten(event, loss);
    if (event.mutation && event.actor?.id === this.userId) this.undo.answered(event.mutation, event.seq);
  }

  /** A new snapshot skipped events. */
  reload() {
    for (const feed of this.feeds) feed.catchUp();
  }

  /** @param {string|null} taskId null: of the whole board. The feed grows until `close()`. */
  activity(taskId = null) {
    const feed = new ActivityFeed({ boardId: this.boardId, taskId, api: this.api, clock });
    this.feeds.add(feed);
    feed.load();
    const close = () => {
      this.feeds.delete(feed);
      feed.close();
    };
    const { items, hasMore, state } = feed;
    return { items, hasMore, state, load: () => feed.load(), more: () => feed.more(), close };
  }

  /** What others did after a seq: how many changes (at most 200 are counted) and whether there are more. @param {number} seq */
  async countSince(seq) {
    const { items, next_before } = await this.ask({ since: `${seq}`, limit: `${COUNTED_AT_MOST}` });
    return {
      count: items.filter(({ actor_id }) => actor_id !== this.userId).length,
      isMore: next_before !== null,
    };
  }

  /** The change that made a seq, in words; undefined when the log no longer has it. @param {number} seq */
  async changeAt(seq) {
    const { items } = await this.ask({ before: `${seq + 1}`, limit: "1" });
    return items.find((item) => item.seq === seq);
  }

  /** @param {Record<string, string>} query @returns {Promise<ActivityPage>} */
  ask(query) {
    return this.api.get(`${path`/boards/${this.boardId}/activity`}?${new URLSearchParams(query)}`);
  }

  /** The snapshot of a moment. @param {Moment} moment @returns {Promise<Snapshot>} */
  past(moment) {
    const query = new URLSearchParams("at" in moment ? { at: moment.at } : { seq: `${moment.seq}` });
    return this.api.get(`${path`/boards/${this.boardId}/past`}?${query}`);
  }

  /** @returns {Promise<number|null>} up to which seq this person has seen the board; null before the first visit */
  async lastVisit() {
    /** @type {{seq: number|null}} */
    const { seq } = await this.api.get(path`/boards/${this.boardId}/visit`);
    return seq;
  }

  /** @param {number} seq @returns {Promise<unknown>} */
  saveVisit(seq) {
    return this.api.change("PUT", path`/boards/${this.boardId}/visit`, { seq }, true);
  }
}
