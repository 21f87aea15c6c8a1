/** Who else is on the board, and what this person tells them. */
import { signal } from "@preact/signals-core";

/** @import { Mode, Person, Socket } from "./types.js" */

export class Presence {
  /** @type {import("@preact/signals-core").Signal<Person[]>} */
  people = signal([]);
  /** @type {{task: string|null, mode: Mode}} */
  mine = { task: null, mode: null };
  refused = false;

  /** @param {string} board its id @param {Socket} socket */
  constructor(board, socket) {
    this.board = board;
    this.socket = socket;
  }

  /** @param {Person[]} people */
  show(people) {
    if (Array.isArray(people)) this.people.value = people;
  }

  /** @param {string|null} task its id @param {Mode} mode */
  set(task, mode) {
    if (this.mine.task === task && this.mine.mode === mode) return;
    this.mine = { task, mode };
    this.tell();
  }

  /** A new socket knows nothing of us yet. */
  repeat() {
    if (this.mine.mode) this.tell();
  }

  tell() {
    if (!this.socket.connected) return;
    /** @param {{ok: boolean}} [answer] */
    const hear = (answer) => (this.refused = answer?.ok === false);
    this.socket.emit("presence:set", { board: this.board, ...this.mine }, hear);
  }

  /** A card that was new when it was opened may be on the server by now. */
  retry() {
    if (this.refused) this.repeat();
  }
}
