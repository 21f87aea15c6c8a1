/**
 * Keeps one replica equal to the board's log, whatever the network does.
 *
 * `epoch` is the log's name, `mutation` that of its last change we have: by them the server knows whether its log goes
 * on from ours, and we whether it is the same one. After a backup was put back it is not, and a snapshot begins anew.
 *
 * States: `loading` (taking a snapshot), `joining` (asking to be in the room), `live`, `catching-up` (asking the log for
 * what is missing), `away` (no socket), `ended` (access removed, or signed out). Pushes are hints: only seq == last + 1
 * is applied, what is early is buffered, and what stays missing is asked for.
 */
import { problemOf } from "./api.js";
import { EventBuffer } from "./event-buffer.js";
import { backoff } from "../lib/backoff.js";
import { Timers } from "../lib/timers.js";

/** @import { BoardEvent, Clock, EventsMessage, HeadMessage, KnownLog, LogAnswer, PresenceMessage, Problem, RestartingMessage, RevokedMessage, SessionEndedMessage, Snapshot, Socket, SocketRefusal, SyncListener, SyncState, SyncedReplica } from "./types.js" */

const GAP_MS = 250;
const ANSWER_MS = 8_000;
const SILENCE_MS = 35_000;

export class Sync {
  /** @type {SyncState} */
  state = "loading";
  joined = false;
  loading = false;
  /** The number of the question that waits for its answer, 0 for none. */
  asking = 0;
  turn = 0;
  failures = 0;
  buffer = new EventBuffer();
  /** @type {string|null} */
  epoch = null;
  /** @type {string|null} */
  mutation = null;

  /**
   * @param {{board: string, socket: Socket, clock: Clock, random?: () => number, replica: SyncedReplica,
   *   fetchSnapshot: () => Promise<Snapshot>, listener: SyncListener}} ports
   */
  constructor({ board, socket, clock, random = Math.random, replica, fetchSnapshot, listener }) {
    this.board = board;
    this.socket = socket;
    this.random = random;
    this.replica = replica;
    this.fetchSnapshot = fetchSnapshot;
    this.listener = listener;
    this.timers = new Timers(clock);
    this.handlers = this.createHandlers();
  }

  createHandlers() {
    return {
      connect: () => this.join(),
      /** @param {string} reason */
      disconnect: (reason) => this.handleDisconnect(reason),
      connect_error: () => this.refusedConnection(),
      /** @param {EventsMessage} message */
      "board:events": (message) =>
        this.isOurs(message) && this.isSameLog(message) && this.receive(message.events),
      /** @param {HeadMessage} message */
      "board:head": (message) =>
        this.isOurs(message) && this.isSameLog(message) && this.noteHead(message.seq),
      /** @param {PresenceMessage} message */
      "board:presence": (message) => this.isOurs(message) && this.listener.presence(message.people),
      /** @param {RevokedMessage} message */
      "board:revoked": (message) => this.isOurs(message) && this.end("revoked", message.reason),
      /** @param {RestartingMessage} [message] */
      "server:restarting": (message) => this.reconnectAfter(message?.after_ms),
      /** @param {SessionEndedMessage} [message] */
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
  verify() {
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

  /** @param {SyncState} state */
  enter(state) {
    if (this.state === state || this.state === "ended") return;
    this.state = state;
    this.listener.state(state);
  }

  /** @param {"revoked"|"signed-out"} kind @param {string} [reason] */
  end(kind, reason) {
    if (this.state === "ended") return;
    this.close();
    this.listener.ended(kind, reason ?? "");
  }

  /** @param {{board: string}} [message] */
  isOurs(message) {
    if (message?.board !== this.board || this.state === "ended") return false;
    this.timers.set("silence", SILENCE_MS, () => this.sync());
    return true;
  }

  /** Whether a message is about the log we follow; if not, begins anew with the other one. @param {{epoch?: string}} message */
  isSameLog({ epoch }) {
    if (this.epoch === null || epoch === undefined || epoch === this.epoch) return true;
    this.buffer = new EventBuffer();
    this.load();
    return false;
  }

  /** Takes a snapshot, then goes on from its seq. */
  async load() {
    if (this.loading || this.state === "ended") return;
    this.loading = true;
    this.timers.clear("load");
    this.enter("loading");
    const error = await this.takeSnapshot();
    if (this.isOver()) return;
    this.listener.snapshot?.(error);
    if (error) return this.retry("load", problemOf(error), () => this.load());
    this.receive([]);
    if (this.socket.connected) this.joined ? this.sync() : this.join();
    else this.enter("away");
  }

  /** Starts the replica from a new snapshot; returns why that can't be done, or null. @returns {Promise<Error|null>} */
  async takeSnapshot() {
    try {
      const snapshot = await this.fetchSnapshot().finally(() => (this.loading = false));
      return this.isOver() ? null : this.begin(snapshot);
    } catch (error) {
      return toError(error);
    }
  }

  /** Starts the replica from a snapshot. @param {Snapshot} snapshot @returns {Error|null} what is wrong with one that can't be taken */
  begin(snapshot) {
    try {
      if (!Number.isInteger(snapshot.seq))
        throw new TypeError("an answer without seq is not the board's (a captive portal?)");
      this.replica.reset(snapshot);
      this.epoch = snapshot.epoch ?? null;
      this.mutation = snapshot.mutation ?? null;
      return null;
    } catch (error) {
      console.error("the snapshot can't be taken:", error);
      return toError(error);
    }
  }

  isOver() {
    return this.state === "ended";
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
    if (!this.socket.connected || !this.joined || this.asking || this.loading || this.state === "ended")
      return;
    this.ask("board:sync", () => {});
  }

  /** @param {"board:join"|"board:sync"} event @param {(answer: LogAnswer) => void} welcome */
  ask(event, welcome) {
    const from = this.replica.seq() ?? 0;
    this.turn += 1;
    const { turn } = this;
    this.asking = turn;
    this.timers.set("answer", ANSWER_MS, () => this.unanswered());
    /** @param {LogAnswer|SocketRefusal} [answer] */
    const hear = (answer) => {
      if (this.asking !== turn || this.state === "ended") return;
      this.asking = 0;
      this.timers.clear("answer");
      if (!answer?.ok)
        return this.retry("ask", answer?.error, () => (this.joined ? this.sync() : this.join()));
      this.failures = 0;
      welcome(answer);
      this.applyAnswer(answer, from);
    };
    this.socket.emit(event, this.known(), hear);
  }

  /** What we have of which log. @returns {KnownLog} */
  known() {
    const { board, epoch, mutation } = this;
    return { board, after: this.replica.seq(), ...(epoch && { epoch }), ...(mutation && { mutation }) };
  }

  /**
   * An answer behind what we had means a log that was restored from a backup: only a snapshot helps.
   *
   * @param {LogAnswer} answer @param {number} from the seq that was asked from
   */
  applyAnswer({ reset, epoch, seq, events = [], more = false }, from) {
    this.timers.set("silence", SILENCE_MS, () => this.sync());
    if (reset || seq < from) return this.load();
    if (!this.isSameLog({ epoch })) return;
    this.receive(events);
    if (this.loading) return;
    const reached = this.replica.seq() ?? 0;
    if (!more && reached >= seq) return this.enter("live");
    this.enter("catching-up");
    if (reached > from) this.sync();
    else this.load();
  }

  /** @param {number} seq of the newest event of the log */
  noteHead(seq) {
    if (seq > (this.replica.seq() ?? seq)) this.sync();
  }

  /** Applies what comes next, buffers what is early, drops what is known. @param {BoardEvent[]} events */
  receive(events) {
    if (!Array.isArray(events)) return;
    const last = this.replica.seq();
    this.buffer.add(events, last);
    if (last !== null && !this.loading) this.apply(this.buffer.takeAfter(last));
    this.watchGap();
  }

  /** @param {BoardEvent[]} events the next ones */
  apply(events) {
    const last = events.at(-1);
    if (!last) return;
    try {
      this.replica.apply(events);
      this.mutation = last.mutation ?? null;
    } catch (error) {
      console.error("taking a new snapshot:", error);
      this.load();
    }
  }

  watchGap() {
    if (this.buffer.clearIfFull()) this.sync();
    else if (this.buffer.size === 0) this.timers.clear("gap");
    else if (!this.timers.has("gap")) this.timers.set("gap", GAP_MS, () => this.sync());
  }

  /** @param {string} reason as socket.io names it */
  handleDisconnect(reason) {
    this.forgetSocket();
    this.enter("away");
    if (/^io (server|client) disconnect$/.test(reason))
      this.timers.set("reconnect", this.pause(), () => this.reconnect());
  }

  /** socket.io tries again by itself unless the server said no; then the API tells whether we may still come. */
  refusedConnection() {
    this.enter("away");
    if (this.socket.active) return;
    this.timers.set("reconnect", this.pause(), () => this.reconnect());
    if (this.replica.seq() !== null) this.load();
  }

  /** This process goes away: on to another one, at the moment it named, so that not everybody comes at once. @param {number} [wait] milliseconds */
  reconnectAfter(wait) {
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
    this.handleDisconnect("io client disconnect");
  }

  /** @param {"load"|"ask"} name @param {Problem|undefined} problem @param {() => void} again */
  retry(name, problem, again) {
    if (problem?.status === 401) return this.end("signed-out", problem.detail);
    if (problem?.status === 403 || problem?.status === 404) return this.end("revoked", problem.detail);
    if (!this.socket.connected) this.enter("away");
    const asked = (problem?.retry_after ?? 0) * 1000;
    this.timers.set(name, Math.max(this.pause(), asked), again);
  }

  forgetSocket() {
    this.joined = false;
    this.asking = 0;
    this.timers.clear("answer", "gap", "ask", "silence");
  }

  pause() {
    this.failures += 1;
    return backoff(this.failures, this.random);
  }
}

/** @param {unknown} error */
function toError(error) {
  return error instanceof Error ? error : new Error(String(error));
}
