/** A board in time: undo and redo, what happened, what changed since one's last visit, and the board as it was. */
import { path } from "./actions/shape.js";
import { ActivityFeed } from "./activity.js";
import { OwnWords } from "./overwritten.js";
import { clock } from "../lib/clock.js";

const COUNTED_AT_MOST = 200;

export class History {
  /**
   * @param {{boardId: string, userId: string, api: Object, undo: import("./undo.js").Undo,
   *   overwritten: (event: Object, loss: Object) => void}} ports
   */
  constructor(ports) {
    Object.assign(this, ports, { feeds: new Set(), own: new OwnWords(ports.userId, clock) });
  }

  /** The next event of the board was applied. */
  heed(event) {
    for (const feed of this.feeds) feed.heed(event);
    for (const loss of this.own.heed(event)) this.overwritten(event, loss);
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

  /** What others did after a seq: how many changes (at most 200 are counted) and whether there are more. */
  async countSince(seq) {
    const query = new URLSearchParams({ since: seq, limit: COUNTED_AT_MOST });
    const { items, next_before } = await this.api.get(`${path`/boards/${this.boardId}/activity`}?${query}`);
    return { count: items.filter(({ actor_id }) => actor_id !== this.userId).length, isMore: next_before !== null };
  }

  /** The change that made a seq, in words; undefined when the log no longer has it. */
  async changeAt(seq) {
    const query = new URLSearchParams({ before: seq + 1, limit: 1 });
    const { items } = await this.api.get(`${path`/boards/${this.boardId}/activity`}?${query}`);
    return items.find((item) => item.seq === seq);
  }

  /** The snapshot of a moment. @param {{seq: number}|{at: string}} moment */
  past(moment) {
    return this.api.get(`${path`/boards/${this.boardId}/past`}?${new URLSearchParams(moment)}`);
  }

  async lastVisit() {
    return (await this.api.get(path`/boards/${this.boardId}/visit`)).seq;
  }

  saveVisit(seq) {
    return this.api.change("PUT", path`/boards/${this.boardId}/visit`, { seq }, true);
  }
}
