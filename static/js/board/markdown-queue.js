/** Texts on their way through a worker, one after another; one that takes too long is given up, and the worker with it. */

import { clock as realClock } from "../lib/clock.js";

const PATIENCE_MS = 4000;

/** @typedef {{ready: true}|{html: string|null}} Message   of the worker */

export class FormattingQueue {
  /** @type {{text: string, answer: (html: string|null) => void}[]} */
  waiting = [];
  /** @type {Worker|null} */
  worker = null;
  ready = false;
  broken = false;
  /** @type {number|undefined} */
  timer = undefined;

  /**
   * @param {() => Worker} start may throw, where there are no workers; the worker says `{ready: true}` once and then
   *   answers each `{text}` with `{html}`
   * @param {(text: string) => string|null} instead formats without a worker, within limits of its own
   */
  constructor(start, instead, clock = realClock) {
    this.start = start;
    this.instead = instead;
    this.clock = clock;
  }

  /** @param {string} text @returns {Promise<string|null>} the HTML, or null where formatting would cost too much */
  format(text) {
    if (this.broken) return Promise.resolve(this.instead(text));
    return new Promise((answer) => {
      this.waiting.push({ text, answer });
      if (!this.worker) this.begin();
      else if (this.ready && this.waiting.length === 1) this.send();
    });
  }

  /** Starts the worker, so that it is there before the first text, perhaps offline by then. */
  begin() {
    if (this.worker || this.broken) return;
    try {
      this.worker = this.start();
    } catch {
      this.breakDown();
      return;
    }
    this.worker.addEventListener("message", ({ data }) => this.heard(data));
    this.worker.addEventListener("error", () => this.breakDown());
  }

  /** @param {Message} message */
  heard(message) {
    if ("ready" in message) this.ready = true;
    else this.finish(message.html);
    this.send();
  }

  send() {
    if (this.waiting.length === 0) return;
    this.worker?.postMessage({ text: this.waiting[0].text });
    this.timer = this.clock.set(() => this.giveUp(), PATIENCE_MS);
  }

  /** @param {string|null} html */
  finish(html) {
    this.clock.clear(this.timer);
    this.waiting.shift()?.answer(html);
  }

  giveUp() {
    this.end();
    this.finish(null);
    if (this.waiting.length > 0) this.begin();
  }

  /** There is no worker to be had: what waits is formatted here, and so is all that comes. */
  breakDown() {
    this.end();
    this.broken = true;
    this.clock.clear(this.timer);
    for (const { text, answer } of this.waiting.splice(0)) answer(this.instead(text));
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
    this.ready = false;
  }
}
