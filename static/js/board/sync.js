/**
 * Keeps one replica equal to the board's log, whatever the network does.
 *
 * `epoch` is the log's name, `mutation` that of its last change we have: by them the server knows whether its log goes
 * on from ours, and we whether it is the same one. After a backup was put back it is not, and a snapshot begins anew.
 *
 * States: `loading` (taking a snapshot), `joining` (asking to be in the room), `live`, `catching-up` (asking the log for
 * what is missing), `away` (no socket), `ended` (access removed, or signed out). Pushes are hints: only seq == last + 1
 * is applied, what is early is held, and what stays missing is asked for.
 */
import { HeldEvents } from "./held.js";
import { backoff } from "../lib/backoff.js";
import { Timers } from "../lib/timers.js";

/** @import { BoardEvent, Person, Role, Snapshot } from "./types.js" */

const GAP_MS = 250;
const ANSWER_MS = 8_000;
const SILENCE_MS = 35_000;

export class Sync {
  /**
   * @param {{board: string, socket: Object, clock: Object, random?: () => number,
   *   fetchSnapshot: () => Promise<Snapshot>,
   *   replica: {seq(): number|null, reset(snapshot: Snapshot): void, apply(events: BoardEvent[]): void},
   *   listener: {unanswered?(): void, snapshot?(error: Error|null): void, state(state: string): void, role(role: Role): void, presence(people: Person[]): void,
   *     ended(kind: "revoked"|"signed-out", reason: string): void}}} ports
   *   `socket` is socket.io's; `replica.apply` takes consecutive events and throws on what it can't apply;
   *   `listener.snapshot` hears of each snapshot whether it could be taken.
   */
  constructor(ports) {
    Object.assign(this, { random: Math.random }, ports);
    Object.assign(this, { state: "loading", joined: false, asking: 0, turn: 0, failures: 0, loading: false });
    Object.assign(this, { early: new HeldEvents(), epoch: null, mutation: null });
    this.timers = new Timers(this.clock);
    this.handlers = {
      connect: () => this.join(),
      disconnect: (reason) => this.lose(reason),
      connect_error: () => this.refusedConnection(),
      "board:events": (message) => this.isOurs(message) && this.isSameLog(message) && this.receive(message.events),
      "board:head": (message) => this.isOurs(message) && this.isSameLog(message) && this.heed(message.seq),
      "board:presence": (message) => this.isOurs(message) && this.listener.presence(message.people),
      "board:revoked": (message) => this.isOurs(message) && this.end("revoked", message.reason),
      "server:restarting": (message) => this.moveOn(message?.after_ms),
      "session:ended": (message) => this.end("signed-out", message?.reason),
    };
  }

  start() {
    for (const [name, handler] of Object.entries(this.handlers)) this.socket.on(name, handler);
    this.load();
    if (!this.socket.connected) this.socket.connect();
  }

  /** The network or the page is back: looks at once instead of waiting. */
  wake() {
    if (this.state === "ended") return;
    this.failures = 0;
    if (this.timers.has("load")) this.load();
    if (!this.socket.connected) this.reconnect();
    else if (this.joined) this.sync();
    else this.join();
  }

  /** The browser says it is offline: live no longer, until the server has answered. */
  doubt() {
    if (this.state !== "live") return;
    this.enter("catching-up");
    this.sync();
  }

  close() {
    if (this.joined) this.socket.emit("board:leave", { board: this.board });
    this.enter("ended");
    this.forgetSocket();
    this.timers.clearAll();
    for (const [name, handler] of Object.entries(this.handlers)) this.socket.off(name, handler);
  }

  enter(state) {
    if (this.state === state || this.state === "ended") return;
    this.state = state;
    this.listener.state(state);
  }

  end(kind, reason) {
    if (this.state === "ended") return;
    this.close();
    this.listener.ended(kind, reason ?? "");
  }

  isOurs(message) {
    if (message?.board !== this.board || this.state === "ended") return false;
    this.timers.set("silence", SILENCE_MS, () => this.sync());
    return true;
  }

  /** Whether a message is about the log we follow; if not, begins anew with the other one. */
  isSameLog({ epoch }) {
    if (this.epoch === null || epoch === undefined || epoch === this.epoch) return true;
    this.early = new HeldEvents();
    this.load();
    return false;
  }

  /** Takes a snapshot, then goes on from its seq. */
  async load() {
    if (this.loading || this.state === "ended") return;
    this.loading = true;
    this.timers.clear("load");
    this.enter("loading");
    const outcome = await this.fetchSnapshot().catch((error) => ({ error }));
    this.loading = false;
    if (this.state === "ended") return;
    const error = outcome.error ?? this.begin(outcome);
    this.listener.snapshot?.(error ?? null);
    if (error) return this.retry("load", error.problem, () => this.load());
    Object.assign(this, { epoch: outcome.epoch ?? null, mutation: outcome.mutation ?? null });
    this.receive([]);
    if (this.socket.connected) this.joined ? this.sync() : this.join();
    else this.enter("away");
  }

  /** Starts the replica from a snapshot; answers what is wrong with one that can't be taken. */
  begin(snapshot) {
    try {
      if (!Number.isInteger(snapshot.seq)) throw new TypeError("an answer without seq is not the board's (a captive portal?)");
      this.replica.reset(snapshot);
      return null;
    } catch (error) {
      console.error("the snapshot can't be taken:", error);
      return error;
    }
  }

  /** Joins the room first and reads the log after, so that nothing falls between. */
  join() {
    this.joined = false;
    this.timers.clear("reconnect");
    if (this.loading || this.asking || this.replica.seq() === null || this.state === "ended") return;
    this.enter("joining");
    this.ask("board:join", (answer) => {
      this.joined = true;
      if (answer.role) this.listener.role(answer.role);
      if (answer.presence) this.listener.presence(answer.presence);
    });
  }

  /** Asks the log for what is missing. */
  sync() {
    if (!this.socket.connected || !this.joined || this.asking || this.loading || this.state === "ended") return;
    this.ask("board:sync", () => {});
  }

  ask(event, welcome) {
    const from = this.replica.seq();
    const turn = (this.turn += 1);
    this.asking = turn;
    this.timers.set("answer", ANSWER_MS, () => this.unanswered());
    this.socket.emit(event, this.known(), (answer) => {
      if (this.asking !== turn || this.state === "ended") return;
      this.asking = 0;
      this.timers.clear("answer");
      if (!answer?.ok) return this.retry("ask", answer?.error, () => (this.joined ? this.sync() : this.join()));
      this.failures = 0;
      welcome(answer);
      this.take(answer, from);
    });
  }

  /** What we have of which log. */
  known() {
    const { board, epoch, mutation } = this;
    return { board, after: this.replica.seq(), ...(epoch && { epoch }), ...(mutation && { mutation }) };
  }

  /** An answer behind what we had means a log that was restored from a backup: only a snapshot helps. */
  take({ reset, epoch, seq, events = [], more = false }, from) {
    this.timers.set("silence", SILENCE_MS, () => this.sync());
    if (reset || seq < from) return this.load();
    if (!this.isSameLog({ epoch })) return;
    this.receive(events);
    if (this.loading) return;
    if (!more && this.replica.seq() >= seq) return this.enter("live");
    this.enter("catching-up");
    if (this.replica.seq() > from) this.sync();
    else this.load();
  }

  heed(seq) {
    if (seq > (this.replica.seq() ?? seq)) this.sync();
  }

  /** Applies what comes next, holds what is early, drops what is known. */
  receive(events) {
    if (!Array.isArray(events)) return;
    const last = this.replica.seq();
    this.early.hold(events, last);
    if (last !== null && !this.loading) this.apply(this.early.takeAfter(last));
    this.watchGap();
  }

  apply(events) {
    if (events.length === 0) return;
    try {
      this.replica.apply(events);
      this.mutation = events.at(-1).mutation ?? null;
    } catch (error) {
      console.error("taking a new snapshot:", error);
      this.load();
    }
  }

  watchGap() {
    if (this.early.letGo()) this.sync();
    else if (this.early.size === 0) this.timers.clear("gap");
    else if (!this.timers.has("gap")) this.timers.set("gap", GAP_MS, () => this.sync());
  }

  lose(reason) {
    this.forgetSocket();
    this.enter("away");
    if (/^io (server|client) disconnect$/.test(reason)) this.timers.set("reconnect", this.pause(), () => this.reconnect());
  }

  /** socket.io tries again by itself unless the server said no; then the API tells whether we may still come. */
  refusedConnection() {
    this.enter("away");
    if (this.socket.active) return;
    this.timers.set("reconnect", this.pause(), () => this.reconnect());
    if (this.replica.seq() !== null) this.load();
  }

  /** This process goes away: on to another one, at the moment it named, so that not everybody comes at once. */
  moveOn(wait) {
    if (this.state === "ended") return;
    this.socket.disconnect();
    this.timers.set("reconnect", Number(wait) || 0, () => this.reconnect());
  }

  reconnect() {
    if (this.state !== "ended" && !this.socket.connected) this.socket.connect();
  }

  /** A socket that doesn't answer is broken even if it looks connected. */
  unanswered() {
    this.asking = 0;
    this.listener.unanswered?.();
    this.socket.disconnect();
    this.lose("io client disconnect");
  }

  retry(name, problem, again) {
    if (problem?.status === 401) return this.end("signed-out", problem.detail);
    if (problem?.status === 403 || problem?.status === 404) return this.end("revoked", problem.detail);
    if (!this.socket.connected) this.enter("away");
    const asked = (problem?.retry_after ?? 0) * 1000;
    this.timers.set(name, Math.max(this.pause(), asked), again);
  }

  forgetSocket() {
    Object.assign(this, { joined: false, asking: 0 });
    this.timers.clear("answer", "gap", "ask", "silence");
  }

  pause() {
    this.failures += 1;
    return backoff(this.failures, this.random);
  }
}
