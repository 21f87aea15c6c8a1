/** Drafts as the browser keeps them: every tab has its own, and takes over what a tab that was closed has left. */

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const UNNAMED = /^draft \S+ \S+ \S+$/;
const NO_TAB = "none";

/**
 * Names are `draft <owner> <key> <tab>`, a key being two words; drafts are `{text, base, at, isLeft?}`, `isLeft` once
 * their tab was closed.
 */
export class KeptDrafts {
  /** @param {import("../lib/platform.js").Store} store @param {string} tab has no spaces @param {() => number} now */
  constructor(store, tab, now = Date.now) {
    Object.assign(this, { store, tab, now, owner: "" });
  }

  /** Drafts belong to a person: the next one at this browser must not find them. Forgets the old ones. */
  belongTo(owner) {
    this.owner = owner;
    for (const name of this.names()) if (!(this.now() - this.read(name)?.at < KEPT_MS)) this.store.remove(name);
    for (const name of this.names()) if (UNNAMED.test(name)) this.nameTab(name);
  }

  /** Drafts were once kept without their tab: they are left to whichever opens the field. */
  nameTab(name) {
    this.store.set(`${name} ${NO_TAB}`, JSON.stringify({ ...this.read(name), isLeft: true }));
    this.store.remove(name);
  }

  /** This tab's draft, else the latest one that was left, which is this tab's from now on; null if there is none. */
  take(key) {
    const own = this.read(this.nameOf(key));
    const left = own ? undefined : this.findLeft(key);
    if (!left) return own;
    const { isLeft, ...draft } = this.read(left);
    this.store.remove(left);
    this.put(key, draft);
    return draft;
  }

  /** Whether `take` would find one. */
  has(key) {
    return this.read(this.nameOf(key)) !== null || this.findLeft(key) !== undefined;
  }

  /** Keeps this tab's draft; null forgets it. No other tab's is touched. */
  put(key, draft) {
    if (draft === null) this.store.remove(this.nameOf(key));
    else this.store.set(this.nameOf(key), JSON.stringify({ ...draft, at: this.now() }));
  }

  /** This tab is being closed: what it holds is for whoever opens the field next. */
  leave() {
    this.mark(this.names().filter((name) => tabOf(name) === this.tab), true);
  }

  /** This tab is back (from the back-forward cache). */
  comeBack() {
    this.mark(this.names().filter((name) => tabOf(name) === this.tab), false);
  }

  /** What tabs hold that are gone without a word, as after a crash, is left. @param {(tab: string, at: number) => boolean} isThere */
  leaveFor(isThere) {
    const others = this.names().filter((name) => tabOf(name) !== this.tab);
    this.mark(others.filter((name) => !isThere(tabOf(name), this.read(name)?.at)), true);
  }

  mark(names, isLeft) {
    for (const name of names) this.store.set(name, JSON.stringify({ ...this.read(name), isLeft }));
  }

  findLeft(key) {
    const field = `draft ${this.owner} ${key}`;
    const found = this.names().filter((name) => name.slice(0, name.lastIndexOf(" ")) === field && this.read(name)?.isLeft);
    return found.sort((a, b) => this.read(b).at - this.read(a).at)[0];
  }

  names() {
    return this.store.names().filter((name) => name.startsWith("draft "));
  }

  nameOf(key) {
    return `draft ${this.owner} ${key} ${this.tab}`;
  }

  /** A draft, or null when there is none, or something else wrote it. */
  read(name) {
    try {
      return JSON.parse(this.store.get(name));
    } catch {
      return null;
    }
  }
}

function tabOf(name) {
  return name.slice(name.lastIndexOf(" ") + 1);
}
