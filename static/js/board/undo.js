/** Going back and forth over one's own changes: unsent ones leave the queue, sent ones are reversed by the server. */
import { path, post } from "./actions/shape.js";
import { newId } from "./identity.js";

/** @import { Command } from "./types.js" */

const REMEMBERED = 500;

export class Undo {
  /**
   * @param {{boardId: string, api: Object, outbox: () => import("./outbox.js").Outbox}} ports
   */
  constructor(ports) {
    Object.assign(this, ports, { outcomes: new Map(), waiting: new Map(), undone: [], regretted: new Set(), steps: new Set() });
    this.turn = Promise.resolve();
  }

  /**
   * Takes back the newest change.
   *
   * @returns {Promise<{withdrawn: Command}|{origin: number, type: string, undoable: number, redoable: number}|null>}
   *   null: it was refused anyway. Rejects with a RequestError that says why not.
   */
  undo() {
    return this.inTurn(() => {
      const mine = this.outbox().unsent().filter(({ board }) => board === this.boardId);
      return mine.length ? this.reverse(mine.at(-1).id) : this.step("undo");
    });
  }

  /** Brings back what was taken back last. */
  redo() {
    return this.inTurn(async () => {
      const command = this.undone.at(-1);
      const done = command ? this.giveAgain(command) : await this.step("redo");
      this.undone.pop();
      return done;
    });
  }

  /** Takes back one change by the id of its command. */
  takeBack(id) {
    return this.inTurn(() => this.reverse(id));
  }

  inTurn(act) {
    this.turn = this.turn.then(act, act);
    return this.turn;
  }

  /** Before it is sent it is only taken out of the queue; while it is being sent there is nothing but to wait. */
  async reverse(id) {
    this.outbox().withdraw(id);
    const outcome = await this.outcomeOf(id);
    if (outcome.seq) return this.step("undo", outcome.seq);
    if (!outcome.withdrawn) return null;
    this.regretted.add(id);
    this.undone.push(outcome.withdrawn);
    return outcome;
  }

  async step(direction, seq) {
    const id = newId();
    this.steps.add(id);
    const { body } = await this.api.send(post(path`/boards/${this.boardId}/${direction}`, seq ? { seq } : {}), id);
    if (direction === "undo") this.undone.push(null);
    return body;
  }

  /** Whether a change was asked for by undo or redo here. @param {string} mutation */
  isStep(mutation) {
    return this.steps.has(mutation);
  }

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

  /** The server has done a command. One that was withdrawn after a try whose answer got lost is undone after all. */
  answered(id, seq) {
    this.settle(id, { seq });
    if (this.regretted.delete(id)) this.inTurn(() => this.step("undo", seq)).catch(() => {});
  }

  refused(id) {
    this.settle(id, { refused: true });
  }

  withdrawn(command) {
    this.settle(command.id, { withdrawn: command });
  }

  settle(id, outcome) {
    this.outcomes.set(id, outcome);
    if (this.outcomes.size > REMEMBERED) this.outcomes.delete(this.outcomes.keys().next().value);
    for (const resolve of this.waiting.get(id) ?? []) resolve(outcome);
    this.waiting.delete(id);
  }

  outcomeOf(id) {
    if (this.outcomes.has(id)) return this.outcomes.get(id);
    return new Promise((resolve) => this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]));
  }
}
