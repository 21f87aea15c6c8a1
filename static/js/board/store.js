/**
 * The replica of one board: snapshot in, events applied in order, pending commands laid over it. Pure: no DOM, no
 * network, no signals.
 *
 * A thing is never changed in place: an event that touches it puts a new object in its map, so `===` tells whether
 * something changed.
 */
import { DETAILS, MAPS, find } from "./kinds.js";
import { View } from "./view.js";

/** @import { BoardEvent, Change, Command, Ref, Snapshot } from "./types.js" */

export { find, View };

/** An event that can't be applied: the replica has to be taken anew from a snapshot, or the gap filled. */
export class ReplicaError extends Error {}

/**
 * A replica at the snapshot's seq. Details of a task are kept only between `openTask` and `closeTask`.
 *
 * @param {Snapshot} snapshot
 */
export function createReplica(snapshot) {
  const { seq, epoch, board } = snapshot;
  const replica = { seq, epoch, board: { ...board, seq }, open: new Map() };
  for (const name of Object.values(MAPS)) replica[name] = byId(snapshot[name] ?? []);
  return replica;
}

/** The snapshot the server would give at this seq; every list in order of id. */
export function toSnapshot(replica) {
  const listed = (map) => [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const lists = ["columns", "tasks", "labels", "members", "teams"].map((name) => [name, listed(replica[name])]);
  const { board, seq, epoch } = replica;
  return { board, seq, ...(epoch !== undefined && { epoch }), ...Object.fromEntries(lists) };
}

/**
 * Applies the next event.
 *
 * @param {BoardEvent} event
 * @returns {Ref[]} what it touched, each once
 * @throws {ReplicaError} when it is not the next one, or changes something this replica has never seen
 */
export function applyEvent(replica, event) {
  if (event.seq !== replica.seq + 1) throw new ReplicaError(`expected seq ${replica.seq + 1}, got ${event.seq}`);
  event.changes.forEach((change) => requireKnown(replica, event, change));
  const touched = new Map();
  const touch = (kind, id) => touched.set(`${kind} ${id}`, { kind, id });
  for (const change of event.changes) applyChange(replica, change, touch);
  replica.seq = event.seq;
  replica.board = { ...replica.board, seq: event.seq };
  return [...touched.values()];
}

/** Starts keeping the details of a task; events about them are remembered until `fillTask`. */
export function openTask(replica, taskId) {
  if (!replica.open.has(taskId)) replica.open.set(taskId, []);
}

/**
 * Puts fetched details in place, then says again what happened since `openTask`, because the answer may be older.
 *
 * @param {{description: string, comments: Object[], checklists: Object[], items: Object[], attachments: Object[]}} details
 * @returns {Ref[]}
 */
export function fillTask(replica, taskId, details) {
  const since = replica.open.get(taskId);
  if (!since) return [];
  replica.open.set(taskId, null);
  const touched = dropDetails(replica, taskId);
  const touch = (kind, id) => touched.push({ kind, id });
  put(replica, "description", taskId, { id: taskId, task_id: taskId, text: details.description }, touch);
  for (const kind of DETAILS) for (const thing of details[MAPS[kind]]) put(replica, kind, thing.id, thing, touch);
  for (const change of since) applyChange(replica, change, touch);
  return touched;
}

/** Stops keeping the details of a task. */
export function closeTask(replica, taskId) {
  replica.open.delete(taskId);
  return dropDetails(replica, taskId);
}

/**
 * What the screen shows: the confirmed replica with the pending commands done again on top, in order.
 *
 * @param {Command[]} pending
 * @returns {View}
 */
export function rebase(replica, pending) {
  const view = new View(replica);
  for (const command of pending) view.perform(command);
  return view;
}

function byId(things) {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function requireKnown(replica, event, { kind, id, set, del }) {
  if (kind !== "board" && !MAPS[kind]) throw new ReplicaError(`event ${event.seq}: unknown kind "${kind}"`);
  if (kind === "board" || DETAILS.has(kind) || del || set?.id || find(replica, kind, id)) return;
  const made = event.changes.some((other) => other.kind === kind && other.id === id && other.set?.id);
  if (!made) throw new ReplicaError(`event ${event.seq} changes an unknown ${kind} ${id}`);
}

function applyChange(replica, change, touch) {
  const { kind, id, set, del } = change;
  if (DETAILS.has(kind)) return applyDetail(replica, change, touch);
  if (kind === "board") {
    replica.board = { ...replica.board, ...set };
    return touch(kind, id);
  }
  if (del) return remove(replica, kind, id, touch);
  if (kind === "task") return put(replica, kind, id, withoutDescription(replica, change, touch), touch);
  return put(replica, kind, id, set, touch);
}

function applyDetail(replica, change, touch) {
  const { kind, id, set, del } = change;
  const taskId = replica[MAPS[kind]].get(id)?.task_id ?? set?.task_id;
  for (const [open, since] of replica.open) if (since && (!taskId || open === taskId)) since.push(change);
  if (del) return remove(replica, kind, id, touch);
  const known = replica[MAPS[kind]].has(id);
  if (known || (set.id && replica.open.has(taskId))) put(replica, kind, id, set, touch);
}

function withoutDescription(replica, change, touch) {
  const { description, ...set } = change.set;
  if (description === undefined || !replica.open.has(change.id)) return set;
  replica.open.get(change.id)?.push({ kind: "task", id: change.id, set: { description } });
  put(replica, "description", change.id, { id: change.id, task_id: change.id, text: description }, touch);
  return set;
}

function put(replica, kind, id, set, touch) {
  const map = replica[MAPS[kind]];
  map.set(id, { ...map.get(id), ...set });
  touch(kind, id);
}

function remove(replica, kind, id, touch) {
  if (!replica[MAPS[kind]].delete(id)) return;
  touch(kind, id);
  if (kind === "task") for (const ref of closeTask(replica, id)) touch(ref.kind, ref.id);
}

function dropDetails(replica, taskId) {
  const dropped = [];
  for (const kind of [...DETAILS, "description"]) {
    for (const [id, thing] of replica[MAPS[kind]]) {
      if (thing.task_id !== taskId) continue;
      replica[MAPS[kind]].delete(id);
      dropped.push({ kind, id });
    }
  }
  return dropped;
}
