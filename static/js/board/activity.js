/** What happened on a board or to one task, newest first, growing as it happens. */
import { signal } from "@preact/signals-core";
import { path } from "./actions/shape.js";

/** @import { Activity, BoardEvent } from "./types.js" */

const PAGE = 50;
const MOST_AT_ONCE = 200;
const GATHER_MS = 200;

export class ActivityFeed {
  /** @param {{boardId: string, taskId?: string|null, api: Object, clock: Object}} ports */
  constructor({ boardId, taskId = null, api, clock }) {
    Object.assign(this, { url: path`/boards/${boardId}/activity`, taskId, api, clock, timer: null, before: null });
    /** @type {import("@preact/signals-core").Signal<Activity[]>} */
    this.items = signal([]);
    this.hasMore = signal(false);
    /** @type {import("@preact/signals-core").Signal<"loading"|"ready"|"failed">} */
    this.state = signal("loading");
  }

  ask(query) {
    const task = this.taskId ? { task_id: this.taskId } : {};
    return this.api.get(`${this.url}?${new URLSearchParams({ limit: PAGE, ...task, ...query })}`);
  }

  /** The newest page; again after "failed". */
  async load() {
    this.state.value = "loading";
    await this.guard(async () => {
      const page = await this.ask({});
      this.items.value = page.items;
      this.turnTo(page);
    });
  }

  /** The next older page. */
  async more() {
    if (this.state.peek() === "loading" || this.before === null) return;
    this.state.value = "loading";
    await this.guard(async () => {
      const page = await this.ask({ before: this.before });
      this.items.value = [...this.items.peek(), ...page.items];
      this.turnTo(page);
    });
  }

  turnTo({ next_before: before }) {
    this.before = before;
    this.hasMore.value = before !== null;
  }

  /** An event was applied: what it says in words is fetched, for a burst of them once. @param {BoardEvent} event */
  heed(event) {
    if (!this.isAbout(event) || this.timer !== null) return;
    this.timer = this.clock.set(() => {
      this.timer = null;
      this.catchUp();
    }, GATHER_MS);
  }

  isAbout({ changes }) {
    return !this.taskId || changes.some(({ id, set }) => id === this.taskId || set?.task_id === this.taskId);
  }

  async catchUp() {
    if (this.state.peek() !== "ready") return this.load();
    await this.guard(async () => {
      const page = await this.ask({ since: this.items.peek()[0]?.seq ?? 0, limit: MOST_AT_ONCE });
      if (page.next_before !== null) return this.load();
      const known = new Set(this.items.peek().map(({ seq }) => seq));
      this.items.value = [...page.items.filter(({ seq }) => !known.has(seq)), ...this.items.peek()];
    });
  }

  async guard(work) {
    try {
      await work();
      this.state.value = "ready";
    } catch {
      this.state.value = "failed";
    }
  }

  close() {
    this.clock.clear(this.timer);
  }
}
