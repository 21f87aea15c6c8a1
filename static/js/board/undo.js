/** Going back and forth over one's own changes: unsent ones leave the queue, sent ones are reversed by the server. */
import { path, post } from "./actions/action.js";
import { newId } from "./identity.js";

/** @import { Api, Command, Step } from "./types.js" */

/** @typedef {{seq?: number, refused?: true, withdrawn?: Command}} Outcome   of a command: the board has it at `seq`, or... */

const REMEMBERED = 500;

export class Undo {
  /** What became of commands, by their ids. @type {Map<string, Outcome>} */
  outcomes = new Map();
  /** Who waits for an outcome. @type {Map<string, ((outcome: Outcome) => void)[]>} */
  waiting = new Map();
  /** What was taken back, oldest first; null: by the server. @type {(Command|null)[]} */
  undone = [];
  /** Commands that were withdrawn. @type {Set<string>} */
  regretted = new Set();
  /** Mutation ids of undo and redo. @type {Set<string>} */
  steps = new Set();
  /** @type {Promise<unknown>} */
  turn = Promise.resolve();

  /**
   * @param {{boardId: string, api: Api, outbox: () => Pick<import("./outbox.js").Outbox, "unsent"|"withdraw"|"add">}} ports
   */
  constructor({ boardId, api, outbox }) {
    this.boardId = boardId;
    this.api = api;
    this.outbox = outbox;
  }

  /**
   * Takes back the newest change.
   *
   * @returns {Promise<Step|null>} null: it was refused anyway. Rejects with a RequestError that says why not.
   */
  undo() {
    return this.inTurn(async () => {
      const newest = this.outbox()
        .unsent()
        .findLast(({ board }) => board === this.boardId);
      return newest ? this.reverse(newest.id) : this.step("undo");
    });
  }

  /** Brings back what was taken back last. @returns {Promise<Step>} */
  redo() {
    return this.inTurn(async () => {
      const command = this.undone.at(-1);
      const done = command ? this.giveAgain(command) : await this.step("redo");
      this.undone.pop();
      return done;
    });
  }

  /** Takes back one change by the id of its command. @param {string} id @returns {Promise<Step|null>} */
  takeBack(id) {
    return this.inTurn(() => this.reverse(id));
  }

  /** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
  inTurn(act) {
    const done = this.turn.then(act, act);
    this.turn = done;
    return done;
  }

  /** Before it is sent it is only taken out of the queue; while it is being sent there is nothing but to wait. @param {string} id @returns {Promise<Step|null>} */
  async reverse(id) {
    this.outbox().withdraw(id);
    const outcome = await this.outcomeOf(id);
    if (outcome.seq) return this.step("undo", outcome.seq);
    if (!outcome.withdrawn) return null;
    this.regretted.add(id);
    this.undone.push(outcome.withdrawn);
    return { withdrawn: outcome.withdrawn };
  }

  /** @param {"undo"|"redo"} direction @param {number} [seq] of the change to reverse; the newest one's unless told @returns {Promise<Step>} */
  async step(direction, seq) {
    const id = newId();
    this.steps.add(id);
    /** @type {{body: Step}} */
    const { body } = await this.api.send(
      post(path`/boards/${this.boardId}/${direction}`, seq ? { seq } : {}),
      id,
    );
    if (direction === "undo") this.undone.push(null);
    return body;
  }

  /** Whether a change was asked for by undo or redo here. @param {string} mutation */
  isStep(mutation) {
    return this.steps.has(mutation);
  }

  /** @param {Command} command @returns {Step} */
  giveAgain({ order, ...command }) {
    const again = { ...command, id: newId() };
    this.outbox().add(again);
    return { again };
  }

  /** The person did something new: what was taken back before is history. */
  begin() {
    this.undone = [];
  }

  /** The log was replaced by another one: the seqs of what was done in it mean something else there. */
  forget() {
    for (const [id, { seq }] of this.outcomes) if (seq) this.outcomes.set(id, { refused: true });
  }

  /** The server has done a command. One that was withdrawn after a try whose answer got lost is undone after all. @param {string} id @param {number} seq */
  answered(id, seq) {
    this.settle(id, { seq });
    if (this.regretted.delete(id)) this.inTurn(() => this.step("undo", seq)).catch(() => {});
  }

  /** @param {string} id */
  refused(id) {
    this.settle(id, { refused: true });
  }

  /** @param {Command} command */
  withdrawn(command) {
    this.settle(command.id, { withdrawn: command });
  }

  /** @param {string} id @param {Outcome} outcome */
  settle(id, outcome) {
    this.outcomes.set(id, outcome);
    for (const oldest of [...this.outcomes.keys()].slice(0, -REMEMBERED)) this.outcomes.delete(oldest);
    for (const resolve of this.waiting.get(id) ?? []) resolve(outcome);
    this.waiting.delete(id);
  }

  /** @param {string} id @returns {Promise<Outcome>} */
  async outcomeOf(id) {
    const known = this.outcomes.get(id);
    return (
      known ?? new Promise((resolve) => this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]))
    );
  }
}
