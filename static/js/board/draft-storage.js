/** Drafts as the browser keeps them: every tab has its own, and takes over what a tab that was closed has left. */

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const UNNAMED = /^draft \S+ \S+ \S+$/;
const NO_TAB = "none";

/** @import { Store } from "../lib/platform.js" */

/**
 * @typedef {{text: string, base: string}} Draft   `base`: what the board said when the typing began
 * @typedef {Draft & {at: number, isLeft?: boolean}} StoredDraft   `at`: epoch milliseconds
 */

/**
 * Names are `draft <owner> <key> <tab>`, a key being two words; drafts are `{text, base, at, isLeft?}`, `isLeft` once
 * their tab was closed.
 */
export class DraftStorage {
  /** The id of whom the drafts belong to. */
  owner = "";

  /** @param {Store} store @param {string} tab has no spaces @param {() => number} now */
  constructor(store, tab, now = Date.now) {
    this.store = store;
    this.tab = tab;
    this.now = now;
  }

  /** Drafts belong to a person: the next one at this browser must not find them. Forgets the old ones. @param {string} owner */
  setOwner(owner) {
    this.owner = owner;
    for (const name of this.names()) if (!this.isFresh(this.read(name))) this.store.remove(name);
    for (const name of this.names()) if (UNNAMED.test(name)) this.addTab(name);
  }

  /** @param {StoredDraft|null} draft */
  isFresh(draft) {
    return draft !== null && this.now() - draft.at < KEPT_MS;
  }

  /** Drafts were once kept without their tab: they are left to whichever opens the field. @param {string} name */
  addTab(name) {
    this.store.set(`${name} ${NO_TAB}`, JSON.stringify({ ...this.read(name), isLeft: true }));
    this.store.remove(name);
  }

  /** This tab's draft, else the latest one that was left, which is this tab's from now on; null if there is none. @param {string} key @returns {Draft|null} */
  take(key) {
    const own = this.read(this.nameOf(key));
    const left = own ? undefined : this.findReleased(key);
    const found = left ? this.read(left) : null;
    if (!left || !found) return own;
    const { isLeft, ...draft } = found;
    this.store.remove(left);
    this.put(key, draft);
    return draft;
  }

  /** Whether `take` would find one. @param {string} key */
  has(key) {
    return this.read(this.nameOf(key)) !== null || this.findReleased(key) !== undefined;
  }

  /** Keeps this tab's draft; null forgets it. No other tab's is touched. @param {string} key @param {Draft|null} draft */
  put(key, draft) {
    if (draft === null) this.store.remove(this.nameOf(key));
    else this.store.set(this.nameOf(key), JSON.stringify({ ...draft, at: this.now() }));
  }

  /** This tab is being closed: what it holds is for whoever opens the field next. */
  release() {
    this.mark(
      this.names().filter((name) => tabOf(name) === this.tab),
      true,
    );
  }

  /** This tab is back (from the back-forward cache). */
  reclaim() {
    this.mark(
      this.names().filter((name) => tabOf(name) === this.tab),
      false,
    );
  }

  /** What tabs hold that are gone without a word, as after a crash, is left. @param {(tab: string, at: number) => boolean} isThere */
  releaseAbandoned(isThere) {
    const others = this.names().filter((name) => tabOf(name) !== this.tab);
    this.mark(
      others.filter((name) => !isThere(tabOf(name), this.read(name)?.at ?? 0)),
      true,
    );
  }

  /** @param {string[]} names @param {boolean} isLeft */
  mark(names, isLeft) {
    for (const name of names) this.store.set(name, JSON.stringify({ ...this.read(name), isLeft }));
  }

  /** The name of the latest draft that was left. @param {string} key */
  findReleased(key) {
    const field = `draft ${this.owner} ${key}`;
    const found = this.names().filter(
      (name) => name.slice(0, name.lastIndexOf(" ")) === field && this.read(name)?.isLeft,
    );
    return found.sort((a, b) => (this.read(b)?.at ?? 0) - (this.read(a)?.at ?? 0))[0];
  }

  names() {
    return this.store.names().filter((name) => name.startsWith("draft "));
  }

  /** @param {string} key */
  nameOf(key) {
    return `draft ${this.owner} ${key} ${this.tab}`;
  }

  /** A draft, or null when there is none, or something else wrote it. @param {string} name @returns {StoredDraft|null} */
  read(name) {
    try {
      return JSON.parse(this.store.get(name) ?? "null");
    } catch {
      return null;
    }
  }
}

/** @param {string} name */
function tabOf(name) {
  return name.slice(name.lastIndexOf(" ") + 1);
}
