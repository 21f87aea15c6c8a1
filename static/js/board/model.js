/** The board as this tab has it: the confirmed replica, what is pending on top, and the projection that shows both. */
import { actions } from "./actions/index.js";
import { collisions } from "./merge.js";
import { Projection } from "./projection.js";
import { isEqual } from "../lib/equality.js";
import { applyEvent, createReplica, find, rebase } from "./store.js";

/** @import { BoardEvent, Change, Command, Conflict, Fields, Kind, NewState, Ref, Replica, Snapshot, Things, View } from "./types.js" */

/**
 * @typedef {Object} ModelListener
 * @property {(id: string) => void} [confirmed]   the event of this pending command was applied
 * @property {(event: NewState, collision: Conflict) => void} [collided]   an event sets what a pending command sets
 * @property {(event: BoardEvent, isOwn: boolean) => void} [applied]   the next event was; one's own when its command was
 *   pending here
 * @property {() => void} [shown]   the screen was brought up to date
 */

/** @typedef {{command: Command, seq: number|null}} Pending   `seq`: where the server has it, once it has answered */

const SHOWN = /** @type {const} */ (["column", "task", "label", "member", "team"]);

export class BoardModel {
  projection = new Projection();
  /** By the commands' ids, in order. @type {Map<string, Pending>} */
  pending = new Map();
  /** @type {Replica|null} */
  replica = null;
  /** @type {View|null} */
  view = null;

  /** @param {ModelListener} listener */
  constructor(listener = {}) {
    this.listener = listener;
  }

  /** @returns {number|null} null before the first snapshot */
  seq() {
    return this.replica?.seq ?? null;
  }

  /** @param {Snapshot} snapshot */
  reset(snapshot) {
    const [known, replica] = [this.replica, createReplica(snapshot)];
    const before = known ? everything(known) : [];
    if (known && this.view) this.findCollisions(known, replica, this.view);
    if (known && known.epoch !== replica.epoch) this.dropAnswered();
    this.replica = replica;
    this.dropReached();
    this.refresh([...before, ...everything(replica)]);
  }

  /** What another log had, this one has or has lost: its seqs say nothing here. What is unsent stays. */
  dropAnswered() {
    for (const [id, { seq }] of this.pending) if (seq !== null) this.pending.delete(id);
  }

  /**
   * What a new snapshot changed under pending commands, as if it had come in one event.
   *
   * @param {Replica} before @param {Replica} now @param {View} view
   */
  findCollisions(before, now, view) {
    if (this.pending.size === 0) return;
    const used = unique(this.commands().flatMap(({ name, args }) => actions[name]?.uses(args) ?? []));
    /** @type {NewState} */
    const event = {
      mutation: null,
      actor: null,
      changes: [...used].map((ref) => changeBetween(ref, before, now)),
    };
    for (const collision of collisions(view, event, this.commands()))
      this.listener.collided?.(event, collision);
  }

  /** @param {BoardEvent[]} events the next ones, in order @throws {import("./store.js").ReplicaError} */
  apply(events) {
    /** @type {Ref[]} */
    const touched = [];
    try {
      for (const event of events) this.applyOne(event, touched);
    } finally {
      this.dropReached();
      this.refresh(touched);
    }
  }

  /** @param {BoardEvent} event @param {Ref[]} touched grows */
  applyOne(event, touched) {
    const { replica, view } = this.opened();
    const found = this.pending.size ? collisions(view, event, this.commands()) : [];
    touched.push(...applyEvent(replica, event));
    for (const collision of found) this.listener.collided?.(event, collision);
    const { mutation } = event;
    const isOwn = mutation !== null && this.pending.delete(mutation);
    if (isOwn) this.listener.confirmed?.(mutation);
    this.listener.applied?.(event, isOwn);
  }

  /** What is there after the first snapshot. @throws {TypeError} before it */
  opened() {
    const { replica, view } = this;
    if (!replica || !view) throw new TypeError("there is no snapshot yet");
    return { replica, view };
  }

  /** Lays a command over the replica. @param {Command} command */
  lay(command) {
    if (this.pending.has(command.id)) return;
    this.pending.set(command.id, { command, seq: null });
    if (this.view) this.show(this.view, this.view.perform(command));
  }

  /**
   * The server has done it at this seq: it stays laid over until the replica is there, so that nothing flickers.
   *
   * @param {string} id @param {number} seq
   */
  answered(id, seq) {
    const entry = this.pending.get(id);
    if (!entry) return;
    entry.seq = seq;
    if (this.dropReached()) this.refresh([]);
  }

  /** Rolls commands back. @param {string[]} ids */
  drop(ids) {
    for (const id of ids) this.pending.delete(id);
    this.refresh([]);
  }

  /** Drops what the replica has by now. @returns {boolean} whether there was any */
  dropReached() {
    const last = this.replica?.seq ?? -1;
    const reached = [...this.pending].filter(([, { seq }]) => seq !== null && seq <= last);
    for (const [id] of reached) this.pending.delete(id);
    return reached.length > 0;
  }

  /** Shows what the replica and the pending commands now make, looking only where something may have changed. @param {Ref[]} touched */
  refresh(touched) {
    if (!this.replica) return;
    const before = this.view?.laid() ?? [];
    this.view = rebase(this.replica, this.commands());
    this.show(this.view, [...touched, ...before, ...this.view.laid()]);
  }

  /** @param {View} view @param {Ref[]} refs */
  show(view, refs) {
    this.projection.show(view, unique(refs));
    this.listener.shown?.();
  }

  /** @returns {Command[]} */
  commands() {
    return [...this.pending.values()].map(({ command }) => command);
  }

  /** Whether something the person did to this thing is still on its way. @param {string} id */
  isPending(id) {
    /** @param {Command} command */
    const touches = ({ name, args }) =>
      args.id === id || actions[name]?.uses(args).some((used) => used.id === id);
    return this.commands().some(touches);
  }

  /** @template {Kind} K @param {K} kind @param {string} id @returns {Things[K]|undefined} */
  find(kind, id) {
    return this.view?.get(kind, id) ?? (this.replica ? find(this.replica, kind, id) : undefined);
  }
}

/** What became of one thing. @param {Ref} ref @param {Replica} before @param {Replica} now @returns {Change} */
function changeBetween({ kind, id }, before, now) {
  return { kind, id, set: difference(find(before, kind, id), find(now, kind, id)) };
}

/** The fields that became something else. @param {Fields|undefined} before @param {Fields|undefined} now @returns {Fields|undefined} */
function difference(before, now) {
  if (!before || !now) return undefined;
  const known = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => !isEqual(value, known.get(field))));
}

/** @param {Replica} replica @returns {Ref[]} */
function everything({ things }) {
  return SHOWN.flatMap((kind) => [...things[kind].keys()].map((id) => ({ kind, id })));
}

/** @param {Ref[]} refs */
function unique(refs) {
  return new Map(refs.map((ref) => [`${ref.kind} ${ref.id}`, ref])).values();
}
