/** What somebody is typing, kept apart from what the board says, so that an event never overwrites it. */
import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { clock } from "../lib/clock.js";
import { withTimeout } from "../lib/timeout.js";
import { browserStore, findLocks } from "../lib/platform.js";
import { newId } from "./identity.js";
import { DraftStorage } from "./draft-storage.js";
import { mergeTexts } from "./text-merge.js";

/** @import { Signal } from "@preact/signals" */
/** @import { Clock } from "./types.js" */
/** @import { Draft } from "./draft-storage.js" */

const PATIENCE_MS = 1_000;
const SILENT_MS = 60 * 60 * 1000;
const LOCK = "board drafts of ";

/** The drafts that this page shows, and those it would find. */
export class Drafts {
  /** @param {DraftStorage} storage */
  constructor(storage) {
    this.storage = storage;
    /** @type {Map<string, Signal<Draft|null>>} */
    this.fields = new Map();
  }

  /** A signal of what is typed into a field, null where nothing is. @param {string} key @returns {Signal<Draft|null>} */
  field(key) {
    const field = this.fields.get(key) ?? signal(null);
    this.fields.set(key, field);
    return field;
  }

  /** The same for a box that opens: finds what was kept, and drops what was only begun. @param {string} key */
  open(key) {
    const [field, found] = [this.field(key), this.storage.take(key)];
    if (found?.text !== field.peek()?.text || found?.base !== field.peek()?.base) field.value = found;
    return field;
  }

  /** Whether somebody would find words in a box that is closed now. @param {string} key */
  has(key) {
    const draft = this.field(key).value;
    return isTyped(draft) || this.storage.has(key);
  }

  /** Keeps a draft for when the field is opened next; null forgets it. @param {string} key @param {Draft|null} draft */
  put(key, draft) {
    this.storage.put(key, isTyped(draft) ? draft : null);
    this.field(key).value = draft;
  }

  /** Forgets drafts. @param {string[]} keys @returns {(() => void)|null} puts back what there was, null when there was nothing */
  discard(keys) {
    const were = keys
      .map((key) => ({ key, draft: this.open(key).peek() }))
      .filter(({ draft }) => isTyped(draft));
    for (const key of keys) this.put(key, null);
    if (were.length === 0) return null;
    return () => {
      for (const { key, draft } of were) this.put(key, draft);
    };
  }
}

/** @param {Draft|null} draft */
function isTyped(draft) {
  return draft !== null && draft.text !== draft.base;
}

const storage = new DraftStorage(browserStore, newId());
export const drafts = new Drafts(storage);

/**
 * Drafts belong to a person and a tab. Forgets the old ones and takes over those of tabs that are gone, as after a crash:
 * a tab that is there holds a lock; where there are no locks (no secure context), it wrote within the last hour.
 *
 * @param {string} userId
 * @returns {Promise<void>} in a second at most
 */
export function keepDraftsOf(userId) {
  return follow(storage, userId, { page: globalThis, locks: findLocks(), clock });
}

/** @param {DraftStorage} storage @param {string} userId @param {{page: Pick<Window, "addEventListener">, locks?: LockManager, clock: Clock}} browser */
export async function follow(storage, userId, { page, locks, clock }) {
  storage.setOwner(userId);
  hold(storage.tab, page, locks);
  page.addEventListener("pagehide", () => storage.release());
  page.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    storage.reclaim();
    hold(storage.tab, page, locks);
  });
  const held = await withTimeout(namesHeld(locks), PATIENCE_MS, clock).catch(() => null);
  storage.releaseAbandoned((tab, at) => held?.has(LOCK + tab) ?? storage.now() - at < SILENT_MS);
}

/** Until the page is left; a page that holds a lock can't be kept to come back to. @param {string} tab @param {Pick<Window, "addEventListener">} page @param {LockManager} [locks] */
function hold(tab, page, locks) {
  const leaving = new Promise((leave) => page.addEventListener("pagehide", leave, { once: true }));
  locks?.request(LOCK + tab, () => leaving).catch(() => {});
}

/** @param {LockManager} [locks] */
async function namesHeld(locks) {
  const found = await locks?.query();
  return found ? new Set(found.held?.map(({ name }) => name)) : null;
}

/** What is typed into a box for something new; kept, for this tab, until it is sent. @param {string} key @returns {[string, (text: string) => void]} */
export function useKeptText(key) {
  const field = useMemo(() => drafts.open(key), [key]);
  return [
    field.value?.text ?? "",
    (/** @type {string} */ typed) => drafts.put(key, typed ? { text: typed, base: "" } : null),
  ];
}

/** Whether somebody would find a draft in a box that is closed now. @param {string} key */
export function hasDraft(key) {
  return drafts.has(key);
}

/**
 * A field being edited. `conflict` is true while the board's value has changed since the typing began and both can't be
 * had; `merged` is the text that has both, where it can. The draft survives closing the dialog and the browser.
 *
 * `begin` holds on to what is there before the first key is pressed, so that nothing changes under the cursor.
 *
 * @param {string} key names the field of the thing in two words, e.g. "description <id>"
 * @param {string} value what the board says now
 * @param {(text: string, base: string) => void} save `base`: what the board said
 * @param {{merges?: boolean}} [options] `merges`: a long text, in which two people can change different places
 */
export function useDraft(key, value, save, { merges = false } = {}) {
  const draft = useMemo(() => drafts.open(key), [key]).value;
  const merged = useMemo(() => (merges ? mergedText(draft, value) : null), [draft, value]);
  return { key, ...editing({ draft, merged, value, put: (next) => drafts.put(key, next), save, merges }) };
}

/**
 * What an editor shows and does.
 *
 * @param {{draft: Draft|null, merged: string|null, value: string, put: (draft: Draft|null) => void,
 *   save: (text: string, base: string) => void, merges?: boolean}} state
 */
export function editing({ draft, merged, value, put, save, merges }) {
  const text = draft?.text ?? value;
  return {
    text,
    isTouched: isTyped(draft),
    dirty: draft !== null && draft.text !== value,
    merged,
    conflict: isConflict(draft, value) && merged === null,
    begin: () => put({ text: value, base: value }),
    /** @param {string} typed */
    type: (typed) => put({ text: typed, base: draft?.base ?? value }),
    keepMine: () => put({ text, base: value }),
    keepBoth: merges && (() => put({ text: `${text}\n\n${value}`, base: value })),
    takeTheirs: () => put(null),
    discard: () => put(null),
    commit: () => {
      put(null);
      if ((merged ?? text) !== value) save(merged ?? text, value);
    },
  };
}

/** @param {Draft|null} draft @param {string} value what the board says now @returns {draft is Draft} */
export function isConflict(draft, value) {
  return draft !== null && value !== draft.base && value !== draft.text;
}

/** What has both the typing and what somebody saved meanwhile, or null. @param {Draft|null} draft @param {string} value what the board says now */
export function mergedText(draft, value) {
  return isConflict(draft, value) ? mergeTexts(draft.base, draft.text, value) : null;
}
