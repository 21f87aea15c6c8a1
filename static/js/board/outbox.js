/**
 * The queue of what a person did and the server has not answered yet.
 *
 * Every command is kept in storage before it is sent, sent in order (one sender per board, one sending tab per browser),
 * tried again until the server answers, and reported to the listener.
 */
import { dependentsOf, orderOf, withoutNeighbour } from "./dependents.js";
import { CommandSender } from "./command-sender.js";
import { NO_JOURNAL } from "./journal.js";
import { withTimeout } from "../lib/timeout.js";

/** @import { Clock, Command, OutboxListener, Problem } from "./types.js" */
/** @import { Channel, Leader, OutcomeMessage, TabMessage } from "./leader.js" */
/** @import { Journal } from "./journal.js" */
/** @import { Storage } from "./storage.js" */

const STORING_MS = 3_000;

export class Outbox {
  /** How to stop being the tab that sends. @type {(() => void)|null} */
  resign = null;
  leading = false;
  /** Why nothing is sent. @type {Problem|null} */
  halted = null;
  /** What is not settled, and refusals that nobody has read. @type {Map<string, Command>} */
  queue = new Map();
  /** By board. @type {Map<string, CommandSender>} */
  senders = new Map();
  /** Ids of commands that are done with. @type {Set<string>} */
  settled = new Set();
  /** Ids of commands to withdraw. @type {Set<string>} */
  unwanted = new Set();
  /** Ids of commands that are nowhere but in this page. @type {Set<string>} */
  unkept = new Set();

  /**
   * @param {{storage: Storage, send: (command: Command) => Promise<{seq: number}>, leader: Leader,
   *   channel: Pick<Channel, "post"|"listen"|"close">, journal?: Journal, clock: Clock, random?: () => number,
   *   listener: OutboxListener}} ports
   */
  constructor({
    storage,
    send,
    leader,
    channel,
    journal = NO_JOURNAL,
    clock,
    random = Math.random,
    listener,
  }) {
    this.storage = storage;
    this.send = send;
    this.leader = leader;
    this.channel = channel;
    this.journal = journal;
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    channel.listen((message) => this.hear(message));
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
    this.resign = null;
    this.leading = false;
  }

  unsent() {
    return [...this.queue.values()].filter((command) => !command.refused);
  }

  /** @param {Command} command */
  async add(command) {
    const isWritten = this.journal.write(command);
    this.enqueue(command);
    try {
      command.order = await withTimeout(this.storage.add(command), STORING_MS, this.clock);
      this.journal.erase(command.id);
    } catch (error) {
      command.order = Number.MAX_SAFE_INTEGER;
      if (!isWritten) this.loseOnClosing(command, error);
    }
    this.channel.post({ type: "added" });
    this.sendNext();
  }

  /** @param {Command} command @param {unknown} error why it can't be stored */
  loseOnClosing({ id }, error) {
    this.unkept.add(id);
    this.listener.unstored?.(error);
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

  /** @param {Command} command */
  enqueue(command) {
    this.queue.set(command.id, command);
    if (command.refused) this.listener.refused?.(command, command.refused, []);
    else this.listener.added?.(command);
    this.count();
  }

  sendNext() {
    if (!this.leading || this.halted) return;
    for (const { board } of this.unsent()) this.senderOf(board).wake();
  }

  /** @param {string} board its id */
  senderOf(board) {
    const sender = this.senders.get(board) ?? this.createSender(board);
    this.senders.set(board, sender);
    return sender;
  }

  /** @param {string} board its id */
  createSender(board) {
    const { send, clock, random } = this;
    /** @type {import("./command-sender.js").Settling} */
    const settle = {
      answered: (command, seq) => this.settleAnswered(command, seq),
      refused: (command, problem) => this.settleRefused(command, problem),
      halted: (problem) => this.halt(problem),
      failing: (failing) => this.listener.failing?.(failing),
      released: () => this.withdrawUnwanted(),
    };
    return new CommandSender({ next: () => this.nextOf(board), send, settle, clock, random });
  }

  /** The first of a board's commands, once storage has numbered it. @param {string} board its id */
  nextOf(board) {
    if (!this.leading || this.halted) return undefined;
    const waiting = this.unsent().filter((command) => command.board === board);
    const first = waiting.reduce((a, b) => (orderOf(b) < orderOf(a) ? b : a), waiting[0]);
    return first?.order === undefined ? undefined : first;
  }

  /** @param {Command} command @param {number} seq */
  settleAnswered(command, seq) {
    this.forget(command.id);
    this.keep(this.storage.remove(command.id));
    this.channel.post({ type: "answered", id: command.id, seq });
    this.listener.answered?.(command, seq);
  }

  /** @param {Command} command @param {Problem} problem */
  settleRefused(command, problem) {
    if (!this.queue.has(command.id)) return;
    const dependents = dependentsOf(command, this.unsent());
    for (const other of this.unsent()) this.replace(withoutNeighbour(other, command));
    this.keep(this.storage.put({ ...command, refused: problem }));
    for (const { id } of dependents) this.keep(this.storage.remove(id));
    this.channel.post({
      type: "refused",
      id: command.id,
      problem,
      dependents: dependents.map(({ id }) => id),
    });
    this.takeRefusal(command, problem, dependents);
  }

  /** @param {Command} command */
  replace(command) {
    if (this.queue.get(command.id) === command) return;
    this.queue.set(command.id, command);
    this.keep(this.storage.put(command));
  }

  /** @param {Command} command @param {Problem} problem @param {Command[]} dependents */
  takeRefusal(command, problem, dependents) {
    this.queue.set(command.id, { ...command, refused: problem });
    for (const { id } of dependents) this.forget(id);
    this.listener.refused?.(command, problem, dependents);
    this.count();
  }

  /**
   * Takes a command out of the queue, as soon as it is not being sent; what is answered first stays done. Only the tab
   * that sends knows which it is. What others build on is not taken out from under them.
   *
   * @param {string} id
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
      if (!isLeft && this.senders.get(command.board)?.current === id) continue;
      this.unwanted.delete(id);
      if (isLeft) continue;
      this.keep(this.storage.remove(id));
      this.channel.post({ type: "withdrawn", id });
      this.takeWithdrawal(command);
    }
  }

  /** @param {Command} command */
  takeWithdrawal(command) {
    this.unwanted.delete(command.id);
    this.forget(command.id);
    this.listener.withdrawn?.(command);
    if (this.unsent().length === 0) this.listener.failing?.(false);
  }

  /** The command's own event was seen, so the server has it: nothing is left to send. @param {string} id */
  confirm(id) {
    this.unwanted.delete(id);
    if (!this.queue.has(id)) return;
    this.forget(id);
    this.keep(this.storage.remove(id));
    this.channel.post({ type: "confirmed", id });
  }

  /** Forgets a refusal that a person has read. @param {string} id */
  dismiss(id) {
    this.forget(id);
    this.keep(this.storage.remove(id));
    this.channel.post({ type: "dismissed", id });
  }

  /** @param {string} id */
  forget(id) {
    this.settled.add(id);
    this.unkept.delete(id);
    this.journal.erase(id);
    if (this.queue.delete(id)) this.count();
  }

  /** The server doesn't know this person any more: everything is kept, and another tab may know better. @param {Problem} problem */
  halt(problem) {
    this.channel.post({ type: "halted", problem });
    this.takeHalt(problem);
  }

  /** @param {Problem} problem */
  takeHalt(problem) {
    this.halted = problem;
    this.stepDown();
    this.listener.halted?.(problem);
  }

  /** Tries at once what is waiting: the network is back, or the person has signed in again. */
  wake() {
    this.channel.post({ type: "wake" });
    this.goOn();
  }

  goOn() {
    if (this.halted) this.listener.resumed?.();
    this.halted = null;
    this.apply();
    for (const sender of this.senders.values()) sender.retryNow();
    this.sendNext();
  }

  /** @param {TabMessage} message of another tab */
  hear(message) {
    if (message.type === "opened") return;
    if (message.type === "added") this.refresh();
    else if (message.type === "wake") this.goOn();
    else if (message.type === "halted") this.takeHalt(message.problem);
    else if (message.type === "unwanted") this.leading && this.withdraw(message.id);
    else this.hearOutcome(message, this.queue.get(message.id));
  }

  /**
   * What became of a command that another tab sent.
   *
   * @param {OutcomeMessage} message
   * @param {Command|undefined} command
   */
  hearOutcome(message, command) {
    if (message.type === "withdrawn") return command && this.takeWithdrawal(command);
    if (message.type === "refused" && command)
      return this.hearRefusal(command, message.problem, message.dependents);
    this.forget(message.id);
    if (message.type === "answered" && command) this.listener.answered?.(command, message.seq);
    if (message.type === "dismissed") this.listener.dismissed?.(message.id);
  }

  /** @param {Command} command @param {Problem} problem @param {string[]} dependents their ids */
  hearRefusal(command, problem, dependents) {
    const known = dependents.map((id) => this.queue.get(id)).filter((other) => other !== undefined);
    for (const other of this.unsent()) this.queue.set(other.id, withoutNeighbour(other, command));
    this.takeRefusal(command, problem, known);
  }

  close() {
    this.stepDown();
    for (const sender of this.senders.values()) sender.stop();
    this.channel.close();
  }

  count() {
    this.listener.counted?.(this.unsent().length);
  }

  /** What storage fails at beside this, the journal and the server's memory of mutation ids make good. @template T @param {Promise<T>} promise @returns {Promise<T|undefined>} */
  keep(promise) {
    return promise.catch(() => undefined);
  }
}
