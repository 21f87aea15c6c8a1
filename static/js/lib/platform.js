/**
 * What a browser may lack or refuse, each with a way round. These names are used nowhere else (tests/js/platform.test.js
 * reads every module for them), because they fail in more ways than one:
 *
 * - outside a secure context (http:// on any name but localhost) they are undefined;
 * - where a person blocks site data, in a sandboxed frame and by policy, naming them throws;
 * - some are there and fail when used: a full disk, private browsing, a permission that was refused.
 */

/**
 * Return what `read` returns, or undefined when it throws or has nothing.
 *
 * @template T
 * @param {() => T} read
 * @returns {NonNullable<T>|undefined}
 */
function attempt(read) {
  try {
    return read() ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Return random bytes for ids, which need no secrecy: a browser without a cryptographic generator makes them too.
 *
 * @param {number} count
 * @returns {Uint8Array}
 */
export function randomBytes(count) {
  const bytes = new Uint8Array(count);
  return (
    attempt(() => globalThis.crypto.getRandomValues(bytes)) ??
    bytes.map(() => Math.floor(Math.random() * 256))
  );
}

/**
 * Names and texts that a browser keeps; in memory where it doesn't (blocked, full), so that this page has them all the
 * same.
 */
export class Store {
  /** @param {() => Storage} find may throw, or answer nothing */
  constructor(find) {
    this.find = find;
    /** @type {Map<string, string>} */
    this.memory = new Map();
  }

  /** @param {string} name @returns {string|null} */
  get(name) {
    return this.memory.get(name) ?? attempt(() => this.find().getItem(name)) ?? null;
  }

  /** @param {string} name @param {string} text @returns {boolean} whether it survives this page */
  set(name, text) {
    try {
      this.find().setItem(name, text);
      this.memory.delete(name);
      return true;
    } catch {
      this.memory.set(name, text);
      return false;
    }
  }

  /** @param {string} name */
  remove(name) {
    this.memory.delete(name);
    attempt(() => this.find().removeItem(name));
  }

  /** @returns {string[]} */
  names() {
    return [...new Set([...(attempt(() => Object.keys(this.find())) ?? []), ...this.memory.keys()])];
  }
}

/** Kept in this browser, for every tab. */
export const browserStore = new Store(() => globalThis.localStorage);

/** Kept for this tab. */
export const tabStore = new Store(() => globalThis.sessionStorage);

/** @returns {IDBFactory|undefined} it may still refuse to open anything, or never answer */
export function findDatabases() {
  return attempt(() => globalThis.indexedDB);
}

/** @returns {LockManager|undefined} */
export function findLocks() {
  return attempt(() => globalThis.navigator.locks);
}

/** @param {string} name @returns {BroadcastChannel|undefined} */
export function openBroadcast(name) {
  return attempt(() => new globalThis.BroadcastChannel(name));
}

/** Set a cookie, if cookies may be kept. @param {string} cookie as RFC 6265 writes it, with its attributes */
export function writeCookie(cookie) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  attempt(() => (document.cookie = cookie));
}

/** Tell whether this browser keeps cookies. */
export function keepsCookies() {
  const probe = "cookie-probe=1";
  writeCookie(`${probe}; Path=/; SameSite=Lax`);
  const kept = attempt(() => document.cookie.includes(probe));
  writeCookie(`${probe}; Path=/; SameSite=Lax; Max-Age=0`);
  return kept ?? false;
}

/**
 * Put a text on the clipboard: by the Clipboard API, else by selecting it and telling the browser to copy, which works
 * without a secure context too.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there
 */
export async function copyText(text) {
  try {
    await globalThis.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return attempt(() => copySelected(text)) ?? false;
  }
}

/** Copy from a box inside the topmost dialog: what is outside of an open one can't be selected. @param {string} text */
function copySelected(text) {
  const [focused, place] = [document.activeElement, [...document.querySelectorAll("dialog[open]")].at(-1)];
  const box = Object.assign(document.createElement("textarea"), {
    value: text,
    readOnly: true,
    className: "visually-hidden",
  });
  (place ?? document.body).append(box);
  try {
    box.select();
    return document.execCommand("copy");
  } finally {
    box.remove();
    if (focused instanceof HTMLElement || focused instanceof SVGElement)
      focused.focus({ preventScroll: true });
  }
}
