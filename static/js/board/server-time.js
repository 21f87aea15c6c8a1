/**
 * The server's time, by the Date header of its answers: what happened when is measured with the clock that stamped it,
 * not with the browser's, which may be minutes off, or be set while the page is open.
 */
import { signal } from "@preact/signals-core";

const DATE = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/;
const JUMP_MS = 2_000;

export class ServerTime {
  /** @param {{now(): number, ticks(): number}} clock `now`: what the browser takes for the time; `ticks`: can't be set */
  constructor(clock = { now: () => Date.now(), ticks: () => performance.now() }) {
    this.clock = clock;
    /** Milliseconds that the server's clock is ahead. */
    this.offset = signal(0);
    this.marked = this.read();
  }

  /** @returns {number} epoch milliseconds */
  now() {
    return this.clock.now() + this.offset.peek();
  }

  /** @returns {string} RFC 3339 */
  stamp() {
    return new Date(this.now()).toISOString();
  }

  /**
   * Takes in an answer. Its Date (RFC 9110, section 6.6.1: whole seconds) was written at some moment between asking and
   * hearing; an offset that fits is kept, so that times don't jump about.
   *
   * @param {{date: string|null, askedAt: number, heardAt: number}} answer by the browser's clock
   */
  adjust({ date, askedAt, heardAt }) {
    const written = Date.parse(DATE.exec(date ?? "")?.[0] ?? "");
    const [least, most] = [written - heardAt, written + 1000 - askedAt];
    const offset = this.offset.peek();
    if (Number.isNaN(written) || least > most || (offset >= least && offset <= most)) return;
    this.offset.value = (least + most) / 2;
  }

  /** @returns {boolean} whether the browser's clock has jumped since this was asked last: it was set, or the machine slept */
  hasJumped() {
    const before = this.marked;
    this.marked = this.read();
    return Math.abs(this.marked.now - before.now - (this.marked.ticks - before.ticks)) > JUMP_MS;
  }

  read() {
    return { now: this.clock.now(), ticks: this.clock.ticks() };
  }
}

/** Of the server that this page is from. */
export const serverTime = new ServerTime();
