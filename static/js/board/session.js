/** One open board: the model, the sync, the outbox and the notices, put together. */
import { t } from "../lib/i18n.js";
import { signal } from "@preact/signals-core";
import { path, post } from "./actions/action.js";
import { createApi } from "./api.js";
import { createCommands } from "./commands.js";
import { ConnectionWatch } from "./connection.js";
import { DetailCache } from "./detail-cache.js";
import { History } from "./history.js";
import { newId } from "./identity.js";
import { BoardModel } from "./model.js";
import { createNotices } from "./notices.js";
import { createOutbox } from "./create-outbox.js";
import { Presence } from "./presence.js";
import { openSocket, watchTransports } from "./socket.js";
import { SessionCheck } from "./session-check.js";
import { Refusals } from "./refusals.js";
import { Sharing } from "./sharing.js";
import { find } from "./store.js";
import { Sync } from "./sync.js";
import { Undo } from "./undo.js";
import { sessionOf } from "./session-api.js";
import { serverTime } from "./server-time.js";
import { sayCollision, sayLost, sayOverwritten, sayTrouble, titleOf } from "./wording.js";
import { clock } from "../lib/clock.js";
import { withTimeout } from "../lib/timeout.js";

/** @import { Actor, Args, BoardEvent, Cause, Commands, Conflict, Me, NewState, Ref, Role, Session, Snapshot, SyncState } from "./types.js" */
/** @import { Signal } from "@preact/signals-core" */

/**
 * @typedef {Object} Options
 * @property {string} boardId
 * @property {Me} me
 * @property {string} csrfToken
 * @property {string} [token]   of a public link, for a guest
 * @property {Promise<Snapshot|null>} [firstSnapshot]   asked for before the modules came, null when that failed
 * @property {(reason: string) => void} [onRevoked]
 * @property {(reason: string) => void} [onSignedOut]   unsent changes are kept for the next time this person signs in
 */

const EARLY_MS = 10_000;

/**
 * Opens a board. Until the first snapshot is there the lists are empty and `board` is undefined; then `ready` resolves.
 *
 * @param {Options} options
 * @returns {Session}
 */
export function openBoard(options) {
  const open = new OpenBoard(options);
  open.outbox.start();
  return sessionOf(open);
}

export class OpenBoard {
  /** @type {Signal<Role|undefined>} */
  role = signal(undefined);
  /** @type {Signal<{text: string}|null>} */
  trouble = signal(null);
  /** @type {Signal<Cause|null>} */
  cause = signal(null);
  /** @type {Signal<string|null>} */
  signedOut = signal(null);
  /** Who deleted a task while it was open here. @type {Map<string, Actor|null>} */
  removers = new Map();
  isOver = false;
  /** @type {PromiseWithResolvers<void>} */
  whenReady = Promise.withResolvers();

  /** @param {Options} options */
  constructor({
    boardId,
    me,
    csrfToken,
    token,
    firstSnapshot,
    onRevoked = () => {},
    onSignedOut = () => {},
  }) {
    this.boardId = boardId;
    this.me = me;
    this.token = token;
    this.firstSnapshot = firstSnapshot;
    this.onRevoked = onRevoked;
    this.onSignedOut = onSignedOut;
    this.api = createApi({ csrfToken, token });
    this.socket = openSocket(token);
    this.transports = watchTransports(this.socket);
    this.sharing = new Sharing(this);
    this.notices = createNotices((id) => this.refusals.close(id));
    this.model = new BoardModel(this.modelListener());
    this.refusals = this.openRefusals();
    this.detailCache = new DetailCache(this.cachePorts());
    this.connection = new ConnectionWatch({ wake: () => this.wake(), verify: () => this.sync.verify() });
    this.sessionCheck = this.openSessionCheck();
    this.undo = new Undo({ boardId: this.boardId, api: this.api, outbox: () => this.outbox });
    this.history = this.openHistory();
    this.outbox = createOutbox({ ...this, userId: this.me.id });
    this.presence = new Presence(this.boardId, this.socket);
    this.sync = this.startSync();
  }

  /** @returns {import("./model.js").ModelListener} */
  modelListener() {
    return {
      confirmed: (id) => {
        this.outbox.confirm(id);
        this.presence.retry();
      },
      collided: (event, collision) => this.sayCollision(event, collision),
      applied: (event, isOwn) => this.onApplied(event, isOwn),
      shown: () => this.detailCache.showAll(),
    };
  }

  /** @param {BoardEvent} event @param {boolean} isOwn */
  onApplied(event, isOwn) {
    this.history.onEvent(event);
    for (const { kind, id, del } of event.changes)
      if (del && kind === "task") this.removers.set(id, event.actor);
    this.cause.value = {
      ...event,
      isOwn,
      isStep: event.mutation !== null && this.undo.isStep(event.mutation),
    };
  }

  openRefusals() {
    /** @param {Ref} ref */
    const has = ({ kind, id }) => Boolean(this.model.replica && find(this.model.replica, kind, id));
    return new Refusals({ has, say: this.notices.say, dismiss: (id) => this.outbox.dismiss(id) });
  }

  openSessionCheck() {
    const { api, connection } = this;
    return new SessionCheck({
      userId: this.me.id,
      api,
      connection,
      say: this.notices.say,
      wake: () => this.wake(),
    });
  }

  openHistory() {
    const { boardId, api, undo, me } = this;
    /** @param {BoardEvent} event @param {Conflict} loss */
    const overwritten = (event, loss) => this.sayLoss("overwritten", event, loss, sayOverwritten);
    return new History({ boardId, userId: me.id, api, undo, overwritten });
  }

  cachePorts() {
    const { model, api } = this;
    /** @param {Ref[]} refs */
    const changed = (refs) => model.refresh(refs);
    return { api, replica: () => model.replica, view: () => model.view, changed };
  }

  syncPorts() {
    const { socket, boardId: board } = this;
    const fetchSnapshot = () => this.fetchSnapshot();
    return {
      board,
      socket,
      clock,
      fetchSnapshot,
      replica: this.syncedReplica(),
      listener: this.syncListener(),
    };
  }

  /** The first one may be on its way since before the modules came. */
  async fetchSnapshot() {
    const early = this.firstSnapshot && (await withTimeout(this.firstSnapshot, EARLY_MS, clock).catch(() => null));
    this.firstSnapshot = undefined;
    return early ?? this.api.getSnapshot(path`/boards/${this.boardId}/snapshot`);
  }

  /** @returns {import("./types.js").SyncedReplica} */
  syncedReplica() {
    return {
      seq: () => this.model.seq(),
      reset: (snapshot) => this.reset(snapshot),
      apply: (events) => {
        this.model.apply(events);
        this.role.value = this.model.replica?.things.member.get(this.me.id)?.role ?? this.role.peek();
      },
    };
  }

  /** @returns {import("./types.js").SyncListener} */
  syncListener() {
    return {
      state: (state) => this.enter(state),
      role: (role) => (this.role.value = role),
      presence: (people) => this.presence.show(people),
      unanswered: () => this.transports.fail(),
      snapshot: (error) => (this.trouble.value = error && { text: sayTrouble(error) }),
      ended: (kind, reason) => this.end(kind, reason),
    };
  }

  /** @param {Snapshot} snapshot */
  reset(snapshot) {
    this.role.value = snapshot.board.role;
    if (this.model.replica && this.model.replica.epoch !== snapshot.epoch) this.undo.forget();
    this.model.reset(snapshot);
    this.cause.value = { actor: null, changes: [] };
    this.detailCache.reload();
    this.history.reload();
    this.whenReady.resolve();
  }

  /** @param {SyncState} state */
  enter(state) {
    this.connection.note({ sync: state });
    if (state === "away") this.presence.show([]);
    if (state !== "live") return;
    this.presence.repeat();
    this.outbox.wake();
  }

  /** The page or the network is back, or the person is: goes on where it stopped. */
  async wake() {
    this.checkClock();
    if (this.isOver || !(await this.sessionCheck.isCurrentUser()) || this.isOver) return;
    this.signedOut.value = null;
    if (this.sync.state === "ended") this.sync = this.startSync();
    else this.sync.wake();
    this.outbox.wake();
  }

  /** The board that a card of another address is on, null when there is no such card for this person. @param {string} taskId @returns {Promise<string|null>} */
  whereIs(taskId) {
    /** @type {Promise<{board_id: string}>} */
    const task = this.api.get(path`/tasks/${taskId}`);
    return task.then(
      ({ board_id }) => board_id,
      () => null,
    );
  }

  /** A clock that was set, or a machine that slept, may be off by anything: the server says by how much. */
  checkClock() {
    if (serverTime.hasJumped()) this.api.askTime().catch(() => {});
  }

  startSync() {
    const sync = new Sync(this.syncPorts());
    sync.start();
    return sync;
  }

  /** @param {"revoked"|"signed-out"} kind @param {string} reason */
  end(kind, reason) {
    this.socket.disconnect();
    if (kind === "revoked" || this.token) return this.leave(reason);
    this.outbox.halt({ status: 401, title: t("Signed out"), detail: reason });
    this.signedOut.value = reason || t("You are signed out");
    this.onSignedOut(reason);
  }

  /** @param {string} reason */
  leave(reason) {
    this.close();
    this.onRevoked(reason);
  }

  /** Words whose place was taken away, and why. @param {string} why @param {string} text */
  tellLost(why, text) {
    this.notices.say({ id: `lost ${text}`, kind: "lost", text: sayLost(why), mine: text });
  }

  /** @param {string} text */
  forgetLost(text) {
    this.notices.forget(`lost ${text}`);
  }

  /** @param {NewState} event @param {Conflict} collision */
  sayCollision(event, collision) {
    this.sayLoss("collision", event, collision, sayCollision);
  }

  /**
   * @param {"collision"|"overwritten"} kind @param {NewState} event @param {Conflict} conflict
   * @param {(actor: Actor|null, field: string, title: string|undefined) => string} say
   */
  sayLoss(kind, event, { ref, field, mine, theirs }, say) {
    const text = say(event.actor, field, titleOf(this.model.view, ref));
    this.notices.say({ id: `${kind} ${ref.id} ${field}`, kind, text, ref, field, mine, theirs });
  }

  /** Puts what a person did in the outbox; the screen shows it at once. @param {string} name @param {Args} args */
  give(name, args) {
    const by = { user: this.me.id, userName: this.me.name };
    const about = titleOf(this.model.view, args);
    const command = { id: newId(), board: this.boardId, name, args, about, at: serverTime.stamp(), ...by };
    this.undo.begin();
    this.outbox.add(command);
    return command.id;
  }

  /** @returns {Commands} */
  commands() {
    const { boardId, model, api } = this;
    const view = () => model.opened().view;
    const optimistic = createCommands({ boardId, view, give: (name, args) => this.give(name, args) });
    return {
      ...optimistic,
      addMember: async (invitation) =>
        (await api.send(post(path`/boards/${boardId}/members`, invitation), newId())).body,
      uploadFile: (taskId, file) => api.upload(path`/tasks/${taskId}/attachments`, file),
    };
  }

  close() {
    this.isOver = true;
    this.sync.close();
    this.transports.close();
    this.socket.disconnect();
    this.outbox.close();
    this.connection.close();
  }
}
