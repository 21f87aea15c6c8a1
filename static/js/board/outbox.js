/**
 * The queue of what a person did and the server has not answered yet.
 *
 * Every command is kept in storage before it is sent, sent in order (one lane a board, one sending tab a browser),
 * tried again until the server answers, and reported to the listener:
 *
 * - `added(command)`: it is in the queue, from this tab or another;
 * - `answered(command, seq)`: the board has it at that seq;
 * - `refused(command, problem, dependents)`: it was rolled back, and `dependents` with it;
 * - `withdrawn(command)`: it was taken out of the queue before the board had it;
 * - `dismissed(id)`, `counted(unsent)`, `failing(yes)` (no answer at all), `halted(problem)`, `resumed()`,
 *   `unstored(error)`: a command that would not survive this page.
 */
import { dependentsOf, orderOf, withoutNeighbour } from "./dependents.js";
import { Lane } from "./lane.js";
import { NO_JOURNAL } from "./journal.js";
import { limit } from "../lib/limit.js";

/** @import { Command, Problem } from "./types.js" */

const STORING_MS = 3_000;

export class Outbox {
  /**
   * @param {{
   *   storage: {add(command: Command): Promise<number>, put(command: Command): Promise<void>,
   *     remove(id: string): Promise<void>, list(): Promise<Command[]>},
   *   send: (command: Command) => Promise<{seq: number}>,
   *   leader: {lead(start: () => void): () => void},
   *   channel: {post(message: Object): void, listen(listener: (message: Object) => void): void, close(): void},
   *   journal?: ReturnType<typeof import("./journal.js").openJournal>, clock: Object, random?: () => number, listener: Object<string, Function>}} ports
   */
  constructor(ports) {
    Object.assign(this, { random: Math.random, journal: NO_JOURNAL }, ports, { resign: null, leading: false, halted: null });
    this.queue = new Map();
    this.lanes = new Map();
    this.settled = new Set();
    this.unwanted = new Set();
    this.unkept = new Set();
    this.channel.listen((message) => this.hear(message));
  }

  start() {
    this.apply();
    return this.refresh().then(() => this.recover());
  }

  /** What a tab that was closed in haste had no time to store. */
  async recover() {
    for (const command of this.journal.list()) {
      if (this.queue.has(command.id) || this.settled.has(command.id)) this.journal.erase(command.id);
      else await this.add(command);
    }
  }

  /** Asks to be the tab that sends. */
  apply() {
    this.resign ??= this.leader.lead(() => {
      this.leading = true;
      this.refresh();
    });
  }

  stepDown() {
    this.resign?.();
    Object.assign(this, { resign: null, leading: false });
  }

  unsent() {
    return [...this.queue.values()].filter((command) => !command.refused);
  }

  /** @param {Command} command */
  async add(command) {
    const isWritten = this.journal.write(command);
    this.enqueue(command);
    try {
      command.order = await limit(this.storage.add(command), STORING_MS, this.clock);
      this.journal.erase(command.id);
    } catch (error) {
      command.order = Number.MAX_SAFE_INTEGER;
      if (!isWritten) this.loseOnClosing(command, error);
    }
    this.channel.post({ type: "added" });
    this.sendNext();
  }

  loseOnClosing({ id }, error) {
    this.unkept.add(id);
    this.tell("unstored", error);
  }

  /** Whether something unsent is nowhere but in this page. */
  hasUnkept() {
    return this.unsent().some(({ id }) => this.unkept.has(id));
  }

  /** Takes in what other tabs, or this browser yesterday, left in storage. */
  async refresh() {
    const stored = await this.keep(this.storage.list());
    for (const command of stored ?? []) {
      if (!this.queue.has(command.id) && !this.settled.has(command.id)) this.enqueue(command);
    }
    this.sendNext();
  }

  enqueue(command) {
    this.queue.set(command.id, command);
    if (command.refused) this.tell("refused", command, command.refused, []);
    else this.tell("added", command);
    this.count();
  }

  sendNext() {
    if (!this.leading || this.halted) return;
    for (const { board } of this.unsent()) {
      if (!this.lanes.has(board)) this.lanes.set(board, this.openLane(board));
      this.lanes.get(board).wake();
    }
  }

  openLane(board) {
    const { send, clock, random } = this;
    const settle = {
      answered: (command, seq) => this.settleAnswered(command, seq),
      refused: (command, problem) => this.settleRefused(command, problem),
      halted: (problem) => this.halt(problem),
      failing: (yes) => this.tell("failing", yes),
      released: () => this.withdrawUnwanted(),
    };
    return new Lane({ next: () => this.nextOf(board), send, settle, clock, random });
  }

  /** The first of a board's commands, once storage has numbered it. */
  nextOf(board) {
    if (!this.leading || this.halted) return undefined;
    const waiting = this.unsent().filter((command) => command.board === board);
    const first = waiting.reduce((a, b) => (orderOf(b) < orderOf(a) ? b : a), waiting[0]);
    return first?.order === undefined ? undefined : first;
  }

  settleAnswered(command, seq) {
    this.forget(command.id);
    this.keep(this.storage.remove(command.id));
    this.channel.post({ type: "answered", id: command.id, seq });
    this.tell("answered", command, seq);
  }

  settleRefused(command, problem) {
    if (!this.queue.has(command.id)) return;
    const dependents = dependentsOf(command, this.unsent());
    for (const other of this.unsent()) this.replace(withoutNeighbour(other, command));
    this.keep(this.storage.put({ ...command, refused: problem }));
    for (const { id } of dependents) this.keep(this.storage.remove(id));
    this.channel.post({ type: "refused", id: command.id, problem, dependents: dependents.map(({ id }) => id) });
    this.takeRefusal(command, problem, dependents);
  }

  replace(command) {
    if (this.queue.get(command.id) === command) return;
    this.queue.set(command.id, command);
    this.keep(this.storage.put(command));
  }

  takeRefusal(command, problem, dependents) {
    this.queue.set(command.id, { ...command, refused: problem });
    for (const { id } of dependents) this.forget(id);
    this.tell("refused", command, problem, dependents);
    this.count();
  }

  /**
   * Takes a command out of the queue, as soon as it is not being sent; what is answered first stays done. Only the tab
   * that sends knows which it is. What others build on is not taken out from under them.
   */
  withdraw(id) {
    this.unwanted.add(id);
    if (!this.leading) this.channel.post({ type: "unwanted", id });
    this.withdrawUnwanted();
  }

  withdrawUnwanted() {
    for (const id of this.leading || this.halted ? this.unwanted : []) {
      const command = this.queue.get(id);
      const isLeft = !command || command.refused || dependentsOf(command, this.unsent()).length > 0;
      if (!isLeft && this.lanes.get(command.board)?.current === id) continue;
      this.unwanted.delete(id);
      if (isLeft) continue;
      this.keep(this.storage.remove(id));
      this.channel.post({ type: "withdrawn", id });
      this.takeWithdrawal(command);
    }
  }

  takeWithdrawal(command) {
    this.unwanted.delete(command.id);
    this.forget(command.id);
    this.tell("withdrawn", command);
    if (this.unsent().length === 0) this.tell("failing", false);
  }

  /** The command's own event was seen, so the server has it: nothing is left to send. */
  confirm(id) {
    this.unwanted.delete(id);
    if (!this.queue.has(id)) return;
    this.forget(id);
    this.keep(this.storage.remove(id));
    this.channel.post({ type: "confirmed", id });
  }

  /** Forgets a refusal that a person has read. */
  dismiss(id) {
    this.forget(id);
    this.keep(this.storage.remove(id));
    this.channel.post({ type: "dismissed", id });
  }

  forget(id) {
    this.settled.add(id);
    this.unkept.delete(id);
    this.journal.erase(id);
    if (this.queue.delete(id)) this.count();
  }

  /** The server doesn't know this person any more: everything is kept, and another tab may know better. */
  halt(problem) {
    this.channel.post({ type: "halted", problem });
    this.takeHalt(problem);
  }

  takeHalt(problem) {
    this.halted = problem;
    this.stepDown();
    this.tell("halted", problem);
  }

  /** Tries at once what is waiting: the network is back, or the person has signed in again. */
  wake() {
    this.channel.post({ type: "wake" });
    this.goOn();
  }

  goOn() {
    if (this.halted) this.tell("resumed");
    this.halted = null;
    this.apply();
    for (const lane of this.lanes.values()) lane.hurry();
    this.sendNext();
  }

  hear({ type, id, ...message }) {
    const command = this.queue.get(id);
    if (type === "added") this.refresh();
    else if (type === "wake") this.goOn();
    else if (type === "halted") this.takeHalt(message.problem);
    else if (type === "unwanted") this.leading && this.withdraw(id);
    else if (type === "withdrawn") command && this.takeWithdrawal(command);
    else if (type === "refused" && command) this.hearRefusal(command, message);
    else this.forget(id);
    if (type === "answered" && command) this.tell("answered", command, message.seq);
    if (type === "dismissed") this.tell("dismissed", id);
  }

  hearRefusal(command, { problem, dependents }) {
    const known = dependents.map((id) => this.queue.get(id)).filter(Boolean);
    for (const other of this.unsent()) this.queue.set(other.id, withoutNeighbour(other, command));
    this.takeRefusal(command, problem, known);
  }

  close() {
    this.stepDown();
    for (const lane of this.lanes.values()) lane.stop();
    this.channel.close();
  }

  count() {
    this.tell("counted", this.unsent().length);
  }

  tell(name, ...args) {
    this.listener[name]?.(...args);
  }

  /** What storage fails at beside this, the journal and the server's memory of mutation ids make good. */
  keep(promise) {
    return promise.catch(() => undefined);
  }
}
