/**
 * Which way the socket goes. WebSocket first; long polling for a while where something on the way swallows the upgrade,
 * opens a WebSocket that carries nothing, or cuts each after a moment. WebSocket is tried again beside, and used again
 * once one has lived for as long as the bad ones did not.
 */
import { Timers } from "../lib/timers.js";

/** @import { Clock, Socket } from "./types.js" */

/** @typedef {"websocket"|"polling"} Way */

const OPENING_MS = { websocket: 6_000, polling: 20_000 };
const ANSWER_MS = 8_000;
const SHORT_LIFE_MS = 60_000;
const SHORT_LIVES = 3;
const FIRST_TRIAL_MS = 60_000;
const LATEST_TRIAL_MS = 30 * 60_000;
const REMEMBERED = "socket by polling"; // not shown

export class Transports {
  shortLives = 0;
  trials = 0;
  openedAt = 0;
  isClosed = false;
  /** @type {Way} */
  way = "websocket";

  /**
   * @param {{socket: Socket, clock: Clock, tries: () => Promise<boolean>,
   *   store: import("../lib/platform.js").Store}} ports `socket` is socket.io's; `tries`: whether a WebSocket of its own
   *   lives long enough; `store` remembers for the tab, so that a reload doesn't begin by waiting
   */
  constructor({ socket, clock, tries, store }) {
    this.socket = socket;
    this.manager = socket.io;
    this.clock = clock;
    this.tries = tries;
    this.store = store;
    this.timers = new Timers(clock);
    this.use(this.store.get(REMEMBERED) ? "polling" : "websocket");
    this.manager.on("error", (error) => error?.message === "timeout" && this.fail());
    this.manager.on("open", () => this.watchOpened());
    this.manager.on("close", (reason) => this.onClose(reason));
    for (const answer of ["connect", "connect_error"]) socket.on(answer, () => this.timers.clear("answer"));
  }

  /** For the attempts from now on. @param {Way} way */
  use(way) {
    this.way = way;
    this.manager.opts.transports = way === "websocket" ? ["websocket", "polling"] : ["polling"];
    this.manager.timeout(OPENING_MS[way]);
    if (way === "polling") this.planTrial();
  }

  /** This WebSocket was no good. */
  fail() {
    if (this.way !== "websocket") return;
    this.store.set(REMEMBERED, "yes");
    this.use("polling");
  }

  /** An open connection on which nothing is answered is closed; the manager then opens another. */
  watchOpened() {
    this.openedAt = this.clock.now();
    this.timers.set("answer", ANSWER_MS, () => {
      this.fail();
      this.manager.engine.close();
    });
  }

  /** One that was cut soon is no proof; several in a row are. @param {string} reason as the manager names it */
  onClose(reason) {
    this.timers.clear("answer");
    if (this.way !== "websocket" || !/^(transport|ping)/.test(reason)) return;
    const isShort = this.clock.now() - this.openedAt < SHORT_LIFE_MS;
    this.shortLives = isShort ? this.shortLives + 1 : 0;
    if (this.shortLives >= SHORT_LIVES || (isShort && reason === "ping timeout")) this.fail();
  }

  planTrial() {
    const wait = Math.min(FIRST_TRIAL_MS * 2 ** this.trials, LATEST_TRIAL_MS);
    this.timers.set("trial", wait, () => this.attempt());
  }

  async attempt() {
    this.trials += 1;
    const isGood = await this.tries();
    if (this.isClosed || this.way === "websocket") return;
    if (isGood) this.goBack();
    else this.planTrial();
  }

  goBack() {
    this.shortLives = 0;
    this.store.remove(REMEMBERED);
    this.use("websocket");
    if (this.socket.connected) this.manager.engine.close();
  }

  /** Another network: what was bad may be good. */
  forget() {
    this.trials = 0;
    if (this.way === "polling") this.timers.set("trial", 0, () => this.attempt());
  }

  close() {
    this.isClosed = true;
    this.timers.clearAll();
  }
}

/**
 * Whether a WebSocket to the server opens, carries the handshake, and still carries the server's pings after what cuts
 * short lives would have cut it (the second comes after 40 s).
 *
 * @param {Clock} clock @param {URL|string} [address]
 * @returns {Promise<boolean>}
 */
export function tryWebSocket(
  clock,
  address = new URL("/socket.io/?EIO=4&transport=websocket", location.href),
) {
  const url = new URL(address);
  url.protocol = url.protocol.replace("http", "ws");
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const timer = clock.set(() => end(false), SHORT_LIFE_MS);
    let pings = 0;
    /** @param {boolean} isGood */
    const end = (isGood) => {
      clock.clear(timer);
      socket.close();
      resolve(isGood);
    };
    socket.onmessage = ({ data }) => {
      if (data !== "2") return;
      socket.send("3");
      pings += 1;
      if (pings === 2) end(true);
    };
    socket.onclose = socket.onerror = () => end(false);
  });
}
