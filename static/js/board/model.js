/** The board as this tab has it: the confirmed replica, what is pending on top, and the projection that shows both. */
import { actions } from "./actions/index.js";
import { collisions } from "./merge.js";
import { Projection } from "./projection.js";
import { isSame } from "../lib/sameness.js";
import { applyEvent, createReplica, find, rebase } from "./store.js";

/** @import { BoardEvent, Command, Snapshot } from "./types.js" */

export class BoardModel {
  /**
   * @param {{confirmed?: (id: string) => void, collided?: (event: BoardEvent, collision: Object) => void,
   *   applied?: (event: BoardEvent, isOwn: boolean) => void, shown?: () => void}} listener `confirmed`: the event of this pending
   *   command was applied; `applied`: the next event was, one's own when its command was pending here
   */
  constructor(listener = {}) {
    this.listener = listener;
    this.projection = new Projection();
    this.pending = new Map();
    this.replica = null;
    this.view = null;
  }

  seq() {
    return this.replica?.seq ?? null;
  }

  /** @param {Snapshot} snapshot */
  reset(snapshot) {
    const [before, replica] = [this.replica ? everything(this.replica) : [], createReplica(snapshot)];
    this.findCollisions(replica);
    if (this.replica && this.replica.epoch !== replica.epoch) this.dropAnswered();
    this.replica = replica;
    this.dropReached();
    this.refresh([...before, ...everything(this.replica)]);
  }

  /** What another log had, this one has or has lost: its seqs say nothing here. What is unsent stays. */
  dropAnswered() {
    for (const [id, { seq }] of this.pending) if (seq !== null) this.pending.delete(id);
  }

  /** What a new snapshot changed under pending commands, as if it had come in one event. */
  findCollisions(replica) {
    if (!this.replica || this.pending.size === 0) return;
    const used = unique(this.commands().flatMap(({ name, args }) => actions[name]?.uses(args) ?? []));
    const change = ({ kind, id }) => ({ kind, id, set: difference(find(this.replica, kind, id), find(replica, kind, id)) });
    const event = { mutation: null, actor: null, changes: [...used].map(change) };
    for (const collision of collisions(this.view, event, this.commands())) this.listener.collided?.(event, collision);
  }

  /** @param {BoardEvent[]} events the next ones, in order @throws {import("./store.js").ReplicaError} */
  apply(events) {
    const touched = [];
    try {
      for (const event of events) this.applyOne(event, touched);
    } finally {
      this.dropReached();
      this.refresh(touched);
    }
  }

  applyOne(event, touched) {
    const found = this.pending.size ? collisions(this.view, event, this.commands()) : [];
    touched.push(...applyEvent(this.replica, event));
    for (const collision of found) this.listener.collided?.(event, collision);
    const isOwn = this.pending.delete(event.mutation);
    if (isOwn) this.listener.confirmed?.(event.mutation);
    this.listener.applied?.(event, isOwn);
  }

  /** Lays a command over the replica. @param {Command} command */
  lay(command) {
    if (this.pending.has(command.id)) return;
    this.pending.set(command.id, { command, seq: null });
    if (this.view) this.show(this.view.perform(command));
  }

  /** The server has done it at this seq: it stays laid over until the replica is there, so that nothing flickers. */
  answered(id, seq) {
    const entry = this.pending.get(id);
    if (!entry) return;
    entry.seq = seq;
    if (this.replica && this.dropReached()) this.refresh([]);
  }

  /** Rolls commands back. @param {string[]} ids */
  drop(ids) {
    for (const id of ids) this.pending.delete(id);
    this.refresh([]);
  }

  dropReached() {
    const reached = [...this.pending].filter(([, { seq }]) => seq !== null && seq <= this.replica.seq);
    for (const [id] of reached) this.pending.delete(id);
    return reached.length > 0;
  }

  /** Shows what the replica and the pending commands now make, looking only where something may have changed. */
  refresh(touched) {
    if (!this.replica) return;
    const before = this.view?.laid() ?? [];
    this.view = rebase(this.replica, this.commands());
    this.show([...touched, ...before, ...this.view.laid()]);
  }

  show(refs) {
    this.projection.show(this.view, unique(refs));
    this.listener.shown?.();
  }

  commands() {
    return [...this.pending.values()].map(({ command }) => command);
  }

  /** Whether something the person did to this thing is still on its way. */
  isPending(id) {
    const touches = ({ name, args }) => args.id === id || actions[name]?.uses(args).some((used) => used.id === id);
    return this.commands().some(touches);
  }

  find(kind, id) {
    return this.view?.get(kind, id) ?? (this.replica ? find(this.replica, kind, id) : undefined);
  }
}

/** The fields that became something else. */
function difference(before, now) {
  if (!before || !now) return undefined;
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => !isSame(value, before[field])));
}

function everything(replica) {
  const kinds = { column: "columns", task: "tasks", label: "labels", member: "members", team: "teams" };
  return Object.entries(kinds).flatMap(([kind, name]) => [...replica[name].keys()].map((id) => ({ kind, id })));
}

function unique(refs) {
  return new Map(refs.map((ref) => [`${ref.kind} ${ref.id}`, ref])).values();
}
