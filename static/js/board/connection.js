/** The honest state of the connection, from what the sync, the outbox and the browser say. */
import { signal } from "@preact/signals-core";

/** @import { Connection } from "./types.js" */

/**
 * @typedef {Object} Facts
 * @property {import("./types.js").SyncState} sync
 * @property {boolean} failing       requests get no answer
 * @property {boolean} isSignedOut
 * @property {number} unsent         changes that the server has not answered yet
 */

export class ConnectionWatch {
  /** @type {import("@preact/signals-core").Signal<Connection>} */
  signal = signal({ state: "connecting", unsent: 0, since: Date.now() });
  /** @type {Facts} */
  facts = { sync: "loading", failing: false, isSignedOut: false, unsent: 0 };
  wasLive = false;
  closing = new AbortController();

  /** @param {{wake: () => void, verify: () => void}} reactions @param {Window} [page] */
  constructor({ wake, verify }, page = globalThis.window) {
    this.page = page;
    const { signal } = this.closing;
    const isVisible = () => page.document.visibilityState === "visible";
    const online = () => {
      this.note({});
      wake();
    };
    const offline = () => {
      verify();
      this.note({});
    };
    page.addEventListener("online", online, { signal });
    page.addEventListener("offline", offline, { signal });
    page.addEventListener("pageshow", (event) => event.persisted && wake(), { signal });
    page.document.addEventListener("visibilitychange", () => isVisible() && wake(), { signal });
  }

  /** Takes in what changed. @param {Partial<Facts>} facts */
  note(facts) {
    Object.assign(this.facts, facts);
    if (this.facts.sync === "live") this.wasLive = true;
    const { state: before, unsent: known, since } = this.signal.peek();
    const [state, { unsent }] = [this.judge(), this.facts];
    if (state === before && unsent === known) return;
    this.signal.value = { state, unsent, since: state === before ? since : Date.now() };
  }

  /** @returns {Connection["state"]} */
  judge() {
    const { sync, failing, isSignedOut } = this.facts;
    if (isSignedOut) return "signed-out";
    if (sync === "live" && !failing) return "live";
    if (!this.page.navigator.onLine) return "offline";
    return this.wasLive || failing ? "reconnecting" : "connecting";
  }

  close() {
    this.closing.abort();
  }
}
