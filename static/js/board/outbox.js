/**
 * The queue of what a person did and the server has not answered yet.
 *
 * Every command is kept in storage before it is sent, sent in order (one lane a board, one sending tab a browser),
 * tried again until the server answers, and reported to whoever listens:
 *
 * - `added(command)`: it is in the queue (from this tab or another);
 * - `answered(command, seq)`: the board has it at that seq;
 * - `refused(command, problem, dependents)`: it was rolled back, and `dependents` with it;
 * - `dismissed(id)`, `counted(unsent)`, `halted(reason)`, `resumed()`, `failing(yes)` (no
 *   answer at all), `unstored(error)`.
 */
import { actions } from "./actions/index.js";
import { createLane } from "./lane.js";

/** @import { Command, Problem } from "./types.js" */

/**
 * @param {{
 *   storage: {add(command: Command): Promise<number>, put(command: Command): Promise<void>,
 *     remove(id: string): Promise<void>, list(): Promise<Command[]>},
 *   send: (command: Command) => Promise<{seq: number}>,
 *   leader: {lead(start: () => void, stop: () => void): () => void},
 *   channel: {post(message: Object): void, listen(listener: (message: Object) => void): void, close(): void},
 *   clock: {now(): number, set(action: () => void, ms: number): unknown, clear(handle: unknown): void},
 *   random?: () => number,
 *   listener: Object<string, Function>}} ports
 */
export function createOutbox({ storage, send, leader, channel, clock, random = Math.random, listener }) {
  const queue = new Map();
  const lanes = new Map();
  let leading = false;
  let halted = null;

  const tell = (name, ...args) => listener[name]?.(...args);
  const unsent = () => [...queue.values()].filter((command) => !command.refused);

  /** Puts commands of storage this tab doesn't know into the queue, in the order they were given. */
  async function refresh() {
    const stored = await storage.list().catch((error) => (tell("unstored", error), []));
    for (const command of stored) if (!queue.has(command.id)) enqueue(command);
    sendNext();
  }

  function enqueue(command) {
    queue.set(command.id, command);
    if (command.refused) tell("refused", command, command.refused, []);
    else tell("added", command);
    tell("counted", unsent().length);
  }

  /** @param {Command} command */
  async function add(command) {
    enqueue(command);
    try {
      command.order = await storage.add(command);
    } catch (error) {
      command.order = Number.MAX_SAFE_INTEGER;
      tell("unstored", error);
    }
    channel.post({ type: "added" });
    sendNext();
  }

  function nextOf(board) {
    const waiting = unsent().filter((command) => command.board === board);
    const first = waiting.reduce((a, b) => (orderOf(b) < orderOf(a) ? b : a), waiting[0]);
    return first?.order === undefined ? undefined : first;
  }

  function sendNext() {
    if (!leading || halted) return;
    for (const { board } of unsent()) {
      if (!lanes.has(board)) lanes.set(board, createLane({ next: () => nextOf(board), send, settle, clock, random }));
      lanes.get(board).wake();
    }
  }

  const failing = (yes) => tell("failing", yes);
  const settle = { answered: settleAnswered, refused: settleRefused, halted: halt, failing };

  function settleAnswered(command, seq) {
    forget(command.id);
    storage.remove(command.id).catch((error) => tell("unstored", error));
    channel.post({ type: "answered", id: command.id, seq });
    tell("answered", command, seq);
  }

  function settleRefused(command, problem) {
    const dependents = dependentsOf(command, unsent());
    detach(command, unsent());
    channel.post({ type: "refused", id: command.id, problem, dependents: dependents.map(({ id }) => id) });
    storage.put({ ...command, refused: problem }).catch((error) => tell("unstored", error));
    for (const { id } of dependents) storage.remove(id).catch((error) => tell("unstored", error));
    takeRefusal(command, problem, dependents);
  }

  function takeRefusal(command, problem, dependents) {
    queue.set(command.id, { ...command, refused: problem });
    for (const { id } of dependents) queue.delete(id);
    tell("refused", command, problem, dependents);
    tell("counted", unsent().length);
  }

  function forget(id) {
    if (queue.delete(id)) tell("counted", unsent().length);
  }

  /** The command's own event was seen, so the server has it: nothing is left to send. */
  function confirm(id) {
    if (!queue.has(id)) return;
    forget(id);
    storage.remove(id).catch((error) => tell("unstored", error));
    channel.post({ type: "answered", id, seq: null });
  }

  /** Forgets a refusal a person has read. */
  function dismiss(id) {
    forget(id);
    storage.remove(id).catch((error) => tell("unstored", error));
    channel.post({ type: "dismissed", id });
  }

  function halt(reason) {
    halted = reason;
    channel.post({ type: "halted", reason });
    tell("halted", reason);
  }

  /** Tries at once what is waiting: the network is back, or the person has signed in again. */
  function wake() {
    const resumed = halted;
    halted = null;
    if (resumed) tell("resumed");
    channel.post({ type: "wake" });
    retry();
  }

  function retry() {
    for (const lane of lanes.values()) lane.hurry();
    sendNext();
  }

  const hear = {
    added: refresh,
    answered: ({ id, seq }) => {
      const command = queue.get(id);
      forget(id);
      if (command && seq !== null) tell("answered", command, seq);
    },
    refused: ({ id, problem, dependents }) => {
      const command = queue.get(id);
      if (command) takeRefusal(command, problem, dependents.map((other) => queue.get(other)).filter(Boolean));
    },
    dismissed: ({ id }) => (forget(id), tell("dismissed", id)),
    halted: ({ reason }) => ((halted = reason), tell("halted", reason)),
    wake: () => {
      if (halted) tell("resumed");
      halted = null;
      retry();
    },
  };

  channel.listen((message) => hear[message.type]?.(message));
  const resign = leader.lead(
    () => ((leading = true), refresh()),
    () => (leading = false),
  );

  function close() {
    leading = false;
    resign();
    for (const lane of lanes.values()) lane.stop();
    channel.close();
  }

  return { add, confirm, dismiss, wake, close, start: refresh, unsent };
}

/** A refused command's creation, followed through: every later command that needs what was never made. */
export function dependentsOf(command, queue) {
  const lost = new Set();
  const isLost = (action, args) => action?.uses(args).some(({ id }) => lost.has(id));
  const lose = ({ name, args }) => lost.add(actions[name]?.creates?.(args).id);
  lose(command);
  lost.delete(undefined);
  const later = queue.filter((other) => other.board === command.board && orderOf(other) > orderOf(command));
  later.sort((a, b) => orderOf(a) - orderOf(b));
  return later.filter((other) => isLost(actions[other.name], other.args) && (lose(other), true));
}

/** Neighbours that were never made stand for their own neighbours. */
function detach({ name, args }, queue) {
  const id = actions[name]?.creates?.(args).id;
  if (!id) return;
  for (const other of queue) {
    if (other.args.after === id) other.args.after = args.after ?? null;
    if (other.args.before === id) other.args.before = args.before ?? null;
  }
}

function orderOf(command) {
  return command.order ?? Number.MAX_SAFE_INTEGER;
}
