/**
 * The replica of one board: snapshot in, events applied in order, pending commands laid over it. Pure: no DOM, no
 * network, no signals.
 *
 * A thing is never changed in place: an event that touches it puts a new object in its map, so `===` tells whether
 * something changed.
 */
import { DETAILS, find, isDetail, withFields } from "./kinds.js";
import { View } from "./view.js";

/** @import { Board, BoardEvent, Change, Command, Fields, Kind, Ref, Snapshot, TaskDetails, ThingsById } from "./types.js" */

/** @typedef {(kind: Kind, id: string) => void} Touch   notes what an event touched */

export { find, View };

/** An event that can't be applied: the replica has to be taken anew from a snapshot, or the gap filled. */
export class ReplicaError extends Error {}

/** A board's things at one seq. */
export class Replica {
  /** What happened to opened tasks since their details were asked for; null once these are there. @type {Map<string, Change[]|null>} */
  open = new Map();

  /** @param {Snapshot} snapshot */
  constructor({ seq, epoch, board, ...lists }) {
    this.seq = seq;
    this.epoch = epoch;
    /** @type {Board} */
    this.board = { ...board, seq };
    /** @type {ThingsById} */
    this.things = {
      board: byId([this.board]),
      column: byId(lists.columns),
      task: byId(lists.tasks),
      label: byId(lists.labels),
      member: byId(lists.members),
      team: byId(lists.teams),
      checklist: new Map(),
      item: new Map(),
      comment: new Map(),
      attachment: new Map(),
      description: new Map(),
    };
  }
}

/** A replica at the snapshot's seq. Details of a task are kept only between `openTask` and `closeTask`. @param {Snapshot} snapshot */
export function createReplica(snapshot) {
  return new Replica(snapshot);
}

/** The snapshot the server would give at this seq; every list in order of id. @param {Replica} replica @returns {Omit<Snapshot, "epoch"> & {epoch?: string}} */
export function toSnapshot({ board, seq, epoch, things }) {
  return {
    board,
    seq,
    ...(epoch !== undefined && { epoch }),
    columns: inOrderOfId(things.column),
    tasks: inOrderOfId(things.task),
    labels: inOrderOfId(things.label),
    members: inOrderOfId(things.member),
    teams: inOrderOfId(things.team),
  };
}

/**
 * Applies the next event.
 *
 * @param {Replica} replica
 * @param {BoardEvent} event
 * @returns {Ref[]} what it touched, each once
 * @throws {ReplicaError} when it is not the next one, or changes something this replica has never seen
 */
export function applyEvent(replica, event) {
  if (event.seq !== replica.seq + 1)
    throw new ReplicaError(`expected seq ${replica.seq + 1}, got ${event.seq}`);
  for (const change of event.changes) requireKnown(replica, event, change);
  /** @type {Map<string, Ref>} */
  const touched = new Map();
  /** @type {Touch} */
  const touch = (kind, id) => touched.set(`${kind} ${id}`, { kind, id });
  for (const change of event.changes) applyChange(replica, change, touch);
  replica.seq = event.seq;
  setBoard(replica, { seq: event.seq });
  return [...touched.values()];
}

/** Starts keeping the details of a task; events about them are remembered until `fillTask`. @param {Replica} replica @param {string} taskId */
export function openTask(replica, taskId) {
  if (!replica.open.has(taskId)) replica.open.set(taskId, []);
}

/**
 * Puts fetched details in place, then says again what happened since `openTask`, because the answer may be older.
 *
 * @param {Replica} replica
 * @param {string} taskId
 * @param {TaskDetails} details
 * @returns {Ref[]}
 */
export function fillTask(replica, taskId, details) {
  const since = replica.open.get(taskId);
  if (!since) return [];
  replica.open.set(taskId, null);
  const touched = dropDetails(replica, taskId);
  /** @type {Touch} */
  const touch = (kind, id) => touched.push({ kind, id });
  putDescription(replica, taskId, details.description, touch);
  const { checklists: checklist, items: item, comments: comment, attachments: attachment } = details;
  const lists = { checklist, item, comment, attachment };
  for (const kind of DETAILS) for (const thing of lists[kind]) put(replica, kind, thing.id, thing, touch);
  for (const change of since) applyChange(replica, change, touch);
  return touched;
}

/** Stops keeping the details of a task. @param {Replica} replica @param {string} taskId */
export function closeTask(replica, taskId) {
  replica.open.delete(taskId);
  return dropDetails(replica, taskId);
}

/**
 * What the screen shows: the confirmed replica with the pending commands done again on top, in order.
 *
 * @param {Replica} replica
 * @param {Command[]} pending
 * @returns {View}
 */
export function rebase(replica, pending) {
  const view = new View(replica);
  for (const command of pending) view.perform(command);
  return view;
}

/** @template {{id: string}} T @param {T[]} things @returns {Map<string, T>} */
function byId(things = []) {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/** @template {{id: string}} T @param {Map<string, T>} map */
function inOrderOfId(map) {
  return [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @param {Replica} replica @param {BoardEvent} event @param {Change} change */
function requireKnown(replica, event, { kind, id, set, del }) {
  if (!Object.hasOwn(replica.things, kind))
    throw new ReplicaError(`event ${event.seq}: unknown kind "${kind}"`);
  if (kind === "board" || isDetail(kind) || del || set?.id || find(replica, kind, id)) return;
  const made = event.changes.some((other) => other.kind === kind && other.id === id && other.set?.id);
  if (!made) throw new ReplicaError(`event ${event.seq} changes an unknown ${kind} ${id}`);
}

/** @param {Replica} replica @param {Change} change @param {Touch} touch */
function applyChange(replica, change, touch) {
  const { kind, id, set = {}, del } = change;
  if (isDetail(kind)) return applyDetail(replica, change, touch);
  if (kind === "board") {
    setBoard(replica, set);
    return touch(kind, id);
  }
  if (del) return remove(replica, kind, id, touch);
  const fields = kind === "task" ? withoutDescription(replica, id, set, touch) : set;
  return put(replica, kind, id, fields, touch);
}

/** @param {Replica} replica @param {Change} change @param {Touch} touch */
function applyDetail(replica, change, touch) {
  const { kind, id, set = {}, del } = change;
  const taskId = taskOf(find(replica, kind, id)) ?? set.task_id;
  for (const [open, since] of replica.open) if (since && (!taskId || open === taskId)) since.push(change);
  if (del) return remove(replica, kind, id, touch);
  const isKnown = replica.things[kind].has(id);
  if (isKnown || (set.id && taskId && replica.open.has(taskId))) put(replica, kind, id, set, touch);
}

/** @param {Replica} replica @param {string} id @param {Fields} fields of a task @param {Touch} touch */
function withoutDescription(replica, id, { description, ...set }, touch) {
  if (description === undefined || !replica.open.has(id)) return set;
  replica.open.get(id)?.push({ kind: "task", id, set: { description } });
  putDescription(replica, id, description, touch);
  return set;
}

/** @param {Replica} replica @param {string} taskId @param {string} text @param {Touch} touch */
function putDescription(replica, taskId, text, touch) {
  put(replica, "description", taskId, { id: taskId, task_id: taskId, text }, touch);
}

/** @param {Replica} replica @param {Fields} set */
function setBoard(replica, set) {
  replica.board = { ...replica.board, ...set };
  replica.things.board.set(replica.board.id, replica.board);
}

/** @template {Kind} K @param {Replica} replica @param {K} kind @param {string} id @param {object} set @param {Touch} touch */
function put(replica, kind, id, set, touch) {
  const map = replica.things[kind];
  map.set(id, withFields(map.get(id), set));
  touch(kind, id);
}

/** @param {Replica} replica @param {Kind} kind @param {string} id @param {Touch} touch */
function remove(replica, kind, id, touch) {
  if (!replica.things[kind].delete(id)) return;
  touch(kind, id);
  if (kind === "task") for (const ref of closeTask(replica, id)) touch(ref.kind, ref.id);
}

/** @param {Replica} replica @param {string} taskId @returns {Ref[]} */
function dropDetails(replica, taskId) {
  /** @type {Ref[]} */
  const dropped = [];
  for (const kind of /** @type {const} */ ([...DETAILS, "description"])) {
    for (const [id, thing] of replica.things[kind]) {
      if (thing.task_id !== taskId) continue;
      replica.things[kind].delete(id);
      dropped.push({ kind, id });
    }
  }
  return dropped;
}

/** The task that a detail belongs to. @param {object|undefined} thing @returns {string|undefined} */
function taskOf(thing) {
  return thing && "task_id" in thing ? String(thing.task_id) : undefined;
}
