/** What happened on a board or to one task, newest first, growing as it happens. */
import { signal } from "@preact/signals-core";
import { path } from "./actions/action.js";

/** @import { Activity, ActivityPage, Api, BoardEvent, Clock } from "./types.js" */
/** @import { Signal } from "@preact/signals-core" */

const PAGE = 50;
const MOST_AT_ONCE = 200;
const GATHER_MS = 200;

export class ActivityFeed {
  /** @type {Signal<Activity[]>} */
  items = signal([]);
  hasMore = signal(false);
  /** @type {Signal<"loading"|"ready"|"failed">} */
  state = signal("loading");
  /** @type {number|undefined} */
  timer = undefined;
  /** Where the next older page ends; null when there is none. @type {number|null} */
  before = null;

  /** @param {{boardId: string, taskId?: string|null, api: Api, clock: Clock}} ports */
  constructor({ boardId, taskId = null, api, clock }) {
    this.url = path`/boards/${boardId}/activity`;
    this.taskId = taskId;
    this.api = api;
    this.clock = clock;
  }

  /** @param {{before?: number, since?: number, limit?: number}} query @returns {Promise<ActivityPage>} */
  ask({ limit = PAGE, ...query }) {
    const parameters = new URLSearchParams({ limit: `${limit}` });
    if (this.taskId) parameters.set("task_id", this.taskId);
    for (const [name, value] of Object.entries(query)) parameters.set(name, `${value}`);
    return this.api.get(`${this.url}?${parameters}`);
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
    const { before } = this;
    if (this.state.peek() === "loading" || before === null) return;
    this.state.value = "loading";
    await this.guard(async () => {
      const page = await this.ask({ before });
      this.items.value = [...this.items.peek(), ...page.items];
      this.turnTo(page);
    });
  }

  /** @param {ActivityPage} page */
  turnTo({ next_before: before }) {
    this.before = before;
    this.hasMore.value = before !== null;
  }

  /** An event was applied: what it says in words is fetched, for a burst of them once. @param {BoardEvent} event */
  onEvent(event) {
    if (!this.isAbout(event) || this.timer !== undefined) return;
    this.timer = this.clock.set(() => {
      this.timer = undefined;
      this.catchUp();
    }, GATHER_MS);
  }

  /** @param {BoardEvent} event */
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

  /** @param {() => Promise<void>} work */
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
