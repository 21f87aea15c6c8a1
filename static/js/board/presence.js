/** Who else is on the board, and what this person tells them. */
import { signal } from "@preact/signals-core";

/** @import { Person } from "./types.js" */

export class Presence {
  constructor(board, socket) {
    Object.assign(this, { board, socket, mine: { task: null, mode: null }, refused: false });
    /** @type {import("@preact/signals-core").Signal<Person[]>} */
    this.people = signal([]);
  }

  /** @param {Person[]} people */
  show(people) {
    if (Array.isArray(people)) this.people.value = people;
  }

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
    this.socket.emit("presence:set", { board: this.board, ...this.mine }, (answer) => (this.refused = answer?.ok === false));
  }

  /** A card that was new when it was opened may be on the server by now. */
  retry() {
    if (this.refused) this.repeat();
  }
}
