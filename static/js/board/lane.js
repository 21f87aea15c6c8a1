/** One board's sending: the first command, until the server has answered; then the next. */
import { RequestError } from "./api.js";
import { backoff } from "../lib/backoff.js";

const FAULTS_BEFORE_REFUSAL = 8;
const PASSING = new Set([408, 425, 429, 502, 503, 504, 507]);

export class Lane {
  /**
   * @param {{next: () => import("./types.js").Command|undefined, send: Function, clock: Object, random: () => number,
   *   settle: {answered: Function, refused: Function, halted: Function, failing: Function, released: Function}}} ports
   */
  constructor(ports) {
    Object.assign(this, ports, { busy: false, stopped: false, failures: 0, timer: null, current: null });
  }

  /** Starts sending, unless it is sending or waiting for its time. */
  async wake() {
    if (this.busy || this.stopped || this.timer !== null) return;
    this.busy = true;
    let wait = null;
    for (let command = this.next(); command && wait === null && !this.stopped; command = this.next()) {
      wait = await this.attempt(command);
    }
    this.busy = false;
    if (wait !== null && wait !== Infinity && !this.stopped) this.timer = this.clock.set(() => this.resume(), wait);
  }

  /** @returns {Promise<number|null>} null when settled, else the milliseconds to wait, Infinity until woken */
  async attempt(command) {
    this.current = command.id;
    try {
      const { seq } = await this.send(command);
      this.current = null;
      this.failures = 0;
      this.settle.failing(false);
      this.settle.answered(command, seq);
      return null;
    } catch (error) {
      this.current = null;
      this.settle.released();
      return this.judge(command, error);
    }
  }

  /** A server that keeps failing at one command must not hold back all the others for ever. */
  judge(command, error) {
    this.failures += 1;
    const isAnswer = error instanceof RequestError;
    this.settle.failing(!isAnswer);
    if (!isAnswer || PASSING.has(error.status)) return this.pause(error);
    if (error.status === 401 || isStaleToken(error)) {
      this.settle.halted(error.problem);
      return Infinity;
    }
    if (error.status >= 500 && this.failures < FAULTS_BEFORE_REFUSAL) return this.pause(error);
    this.failures = 0;
    this.settle.refused(command, error.problem);
    return null;
  }

  pause(error) {
    return Math.max(backoff(this.failures, this.random), (error.retryAfter ?? 0) * 1000);
  }

  resume() {
    this.timer = null;
    this.wake();
  }

  /** Ends a wait. */
  hurry() {
    if (this.timer !== null) this.clock.clear(this.timer);
    this.resume();
  }

  stop() {
    this.stopped = true;
    if (this.timer !== null) this.clock.clear(this.timer);
  }
}

/** A token of a session that has ended: the person may do it, this page no longer speaks for them. */
function isStaleToken({ problem }) {
  return /csrf/i.test(`${problem.type} ${problem.title} ${problem.detail}`);
}
