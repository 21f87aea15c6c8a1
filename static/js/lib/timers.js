/** Named timers: setting one again replaces it. */
export class Timers {
  constructor(clock) {
    this.clock = clock;
    this.running = new Map();
  }

  set(name, ms, action) {
    this.clear(name);
    const run = () => {
      this.running.delete(name);
      action();
    };
    this.running.set(name, this.clock.set(run, ms));
  }

  has(name) {
    return this.running.has(name);
  }

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
