/** What somebody is typing, kept apart from what the board says, so that an event never overwrites it. */
import { useMemo, useState } from "preact/hooks";
import { clock } from "../lib/clock.js";
import { limit } from "../lib/limit.js";
import { browserStore, findLocks } from "../lib/platform.js";
import { newId } from "./identity.js";
import { KeptDrafts } from "./kept-drafts.js";
import { mergeTexts } from "./text-merge.js";

const PATIENCE_MS = 1_000;
const SILENT_MS = 60 * 60 * 1000;
const LOCK = "board drafts of ";

const kept = new KeptDrafts(browserStore, newId());

/**
 * Drafts belong to a person and a tab. Forgets the old ones and takes over those of tabs that are gone, as after a crash:
 * a tab that is there holds a lock; where there are no locks (no secure context), it wrote within the last hour.
 *
 * @returns {Promise<void>} in a second at most
 */
export async function keepDraftsOf(userId) {
  kept.belongTo(userId);
  hold();
  addEventListener("pagehide", () => kept.leave());
  addEventListener("pageshow", ({ persisted }) => persisted && (kept.comeBack(), hold()));
  const held = await limit(namesHeld(), PATIENCE_MS, clock).catch(() => null);
  kept.leaveFor((tab, at) => held?.has(LOCK + tab) ?? Date.now() - at < SILENT_MS);
}

/** Until the page is left; a page that holds a lock can't be kept to come back to. */
function hold() {
  const leaving = new Promise((leave) => addEventListener("pagehide", leave, { once: true }));
  findLocks()?.request(LOCK + kept.tab, () => leaving).catch(() => {});
}

async function namesHeld() {
  const found = await findLocks()?.query();
  return found ? new Set(found.held.map(({ name }) => name)) : null;
}

/** What is typed into a box for something new; kept, for this tab, until it is sent. @returns {[string, (text: string) => void]} */
export function useKeptText(key) {
  const [text, setText] = useState(() => kept.take(key)?.text ?? "");
  const type = (typed) => {
    kept.put(key, typed ? { text: typed, base: "" } : null);
    setText(typed);
  };
  return [text, type];
}

/** Whether somebody would find a draft in a box that is closed now. */
export function hasDraft(key) {
  return kept.has(key);
}

/**
 * A field being edited. `conflict` is true while the board's value has changed since the typing began and both can't be
 * had; `merged` is the text that has both, where it can. The draft survives closing the dialog and the browser.
 *
 * `begin` holds on to what is there before the first key is pressed, so that nothing changes under the cursor.
 *
 * @param {string} key names the field of the thing, e.g. "description <id>"
 * @param {string} value what the board says now
 * @param {(text: string, base: string) => void} save `base`: what the board said
 * @param {{merges?: boolean}} [options] `merges`: a long text, in which two people can change different places
 */
export function useDraft(key, value, save, { merges = false } = {}) {
  const [draft, setDraft] = useState(() => kept.take(key));
  const put = (next) => {
    keepDraft(key, next?.text === next?.base ? null : next);
    setDraft(next);
  };
  const text = draft?.text ?? value;
  const merged = useMemo(() => (merges ? mergedText(draft, value) : null), [draft, value]);
  return {
    text,
    dirty: draft !== null && draft.text !== value,
    merged,
    conflict: isConflict(draft, value) && merged === null,
    begin: () => put({ text: value, base: value }),
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

export function isConflict(draft, value) {
  return draft !== null && value !== draft.base && value !== draft.text;
}

/** What has both the typing and what somebody saved meanwhile, or null. */
export function mergedText(draft, value) {
  return isConflict(draft, value) ? mergeTexts(draft.base, draft.text, value) : null;
}

/** Keeps a draft for when the field is opened next; null forgets it. */
export function keepDraft(key, draft) {
  kept.put(key, draft);
}
