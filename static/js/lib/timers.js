/** @import { Clock } from "./clock.js" */

/** Named timers: setting one again replaces it. */
export class Timers {
  /** @param {Pick<Clock, "set"|"clear">} clock */
  constructor(clock) {
    this.clock = clock;
    /** @type {Map<string, number>} */
    this.running = new Map();
  }

  /** @param {string} name @param {number} ms @param {() => void} action */
  set(name, ms, action) {
    this.clear(name);
    const run = () => {
      this.running.delete(name);
      action();
    };
    this.running.set(name, this.clock.set(run, ms));
  }

  /** @param {string} name */
  has(name) {
    return this.running.has(name);
  }

  /** @param {...string} names */
  clear(...names) {
    for (const name of names) {
      if (this.running.has(name)) this.clock.clear(this.running.get(name));
      this.running.delete(name);
    }
  }

  clearAll() {
    this.clear(...this.running.keys());
  }
}
