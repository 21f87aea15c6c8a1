/** The honest state of the connection, from what the sync, the outbox and the browser say. */
import { signal } from "@preact/signals-core";

/** @import { Connection } from "./types.js" */

export class ConnectionWatch {
  /** @param {{wake: () => void, doubt: () => void}} reactions @param {Window} [page] */
  constructor({ wake, doubt }, page = globalThis.window) {
    Object.assign(this, { page, sync: "loading", wasLive: false, failing: false, isSignedOut: false, unsent: 0 });
    /** @type {import("@preact/signals-core").Signal<Connection>} */
    this.signal = signal({ state: "connecting", unsent: 0, since: Date.now() });
    const isVisible = () => page.document.visibilityState === "visible";
    this.listeners = [
      [page, "online", () => (this.note({}), wake())],
      [page, "offline", () => (doubt(), this.note({}))],
      [page, "pageshow", (event) => event.persisted && wake()],
      [page.document, "visibilitychange", () => isVisible() && wake()],
    ];
    for (const [target, name, listener] of this.listeners) target.addEventListener(name, listener);
  }

  /** Takes in what changed: `sync` (its state), `failing` (requests get no answer), `isSignedOut`, `unsent`. */
  note(facts) {
    Object.assign(this, facts);
    if (this.sync === "live") this.wasLive = true;
    const { state: before, unsent, since } = this.signal.peek();
    const state = this.judge();
    if (state === before && this.unsent === unsent) return;
    this.signal.value = { state, unsent: this.unsent, since: state === before ? since : Date.now() };
  }

  judge() {
    if (this.isSignedOut) return "signed-out";
    if (this.sync === "live" && !this.failing) return "live";
    if (!this.page.navigator.onLine) return "offline";
    return this.wasLive || this.failing ? "reconnecting" : "connecting";
  }

  close() {
    for (const [target, name, listener] of this.listeners) target.removeEventListener(name, listener);
  }
}
