/** One board's sending: the first command, until the server has answered; then the next. */
import { RequestError } from "./api.js";
import { backoff } from "../lib/backoff.js";

const ATTEMPTS = 8;
const TEMPORARY = new Set([408, 425, 429, 502, 503, 504, 507]);

/** @import { Clock, Command, Problem } from "./types.js" */

/**
 * @typedef {Object} Settling   what became of an attempt
 * @property {(command: Command, seq: number) => void} answered
 * @property {(command: Command, problem: Problem) => void} refused
 * @property {(problem: Problem) => void} halted      the server doesn't know this person
 * @property {(failing: boolean) => void} failing     whether there was no answer at all
 * @property {() => void} released                    it is not being sent any more, and not settled
 */

export class CommandSender {
  busy = false;
  stopped = false;
  failures = 0;
  /** @type {number|undefined} */
  timer = undefined;
  /** The id of the command that is being sent. @type {string|null} */
  current = null;

  /**
   * @param {{next: () => Command|undefined, send: (command: Command) => Promise<{seq: number}>, clock: Clock,
   *   random: () => number, settle: Settling}} ports
   */
  constructor({ next, send, clock, random, settle }) {
    this.next = next;
    this.send = send;
    this.clock = clock;
    this.random = random;
    this.settle = settle;
  }

  /** Starts sending, unless it is sending or waiting for its time. */
  async wake() {
    if (this.busy || this.stopped || this.timer !== undefined) return;
    this.busy = true;
    let wait = null;
    for (let command = this.next(); command && wait === null && !this.stopped; command = this.next()) {
      wait = await this.attempt(command);
    }
    this.busy = false;
    if (wait !== null && wait !== Infinity && !this.stopped)
      this.timer = this.clock.set(() => this.resume(), wait);
  }

  /** @param {Command} command @returns {Promise<number|null>} null when settled, else the milliseconds to wait, Infinity until woken */
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
      return this.classify(command, error);
    }
  }

  /** A server that keeps failing at one command must not hold back all the others for ever. @param {Command} command @param {unknown} error */
  classify(command, error) {
    this.failures += 1;
    this.settle.failing(!(error instanceof RequestError));
    if (!(error instanceof RequestError)) return this.retryDelay();
    if (TEMPORARY.has(error.status)) return this.retryDelay(error.retryAfter);
    if (error.status === 401 || isStaleToken(error)) {
      this.settle.halted(error.problem);
      return Infinity;
    }
    if (error.status >= 500 && this.failures < ATTEMPTS) return this.retryDelay(error.retryAfter);
    this.failures = 0;
    this.settle.refused(command, error.problem);
    return null;
  }

  /** @param {number|null} [seconds] at least, as the server asked @returns {number} milliseconds */
  retryDelay(seconds) {
    return Math.max(backoff(this.failures, this.random), (seconds ?? 0) * 1000);
  }

  resume() {
    this.timer = undefined;
    this.wake();
  }

  /** Ends a wait. */
  retryNow() {
    this.clock.clear(this.timer);
    this.resume();
  }

  stop() {
    this.stopped = true;
    this.clock.clear(this.timer);
  }
}

/** A token of a session that has ended: the person may do it, this page no longer speaks for them. @param {RequestError} error */
function isStaleToken({ problem }) {
  return /csrf/i.test(`${problem.type} ${problem.title} ${problem.detail}`);
}
