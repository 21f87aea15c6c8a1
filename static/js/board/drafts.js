/** What somebody is typing, kept apart from what the board says, so that an event never overwrites it. */
import { useMemo, useState } from "preact/hooks";
import { browserStore } from "../lib/platform.js";
import { mergeTexts } from "./text-merge.js";

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

let owner = "";

/** Drafts belong to a person: the next one at this browser must not find them. Forgets the old ones. */
export function keepDraftsOf(userId) {
  owner = userId;
  for (const name of browserStore.names()) if (name.startsWith("draft ") && isOld(name)) browserStore.remove(name);
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
  const [draft, setDraft] = useState(() => recall(key));
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

/** Keeps a draft for whoever opens the field next; null forgets it. */
export function keepDraft(key, draft) {
  if (draft === null) browserStore.remove(nameOf(key));
  else browserStore.set(nameOf(key), JSON.stringify({ ...draft, at: Date.now() }));
}

function recall(key) {
  return read(nameOf(key));
}

/** A draft, or null when there is none, or something else wrote it. */
function read(name) {
  try {
    return JSON.parse(browserStore.get(name));
  } catch {
    return null;
  }
}

function nameOf(key) {
  return `draft ${owner} ${key}`;
}

function isOld(name) {
  return !(Date.now() - read(name)?.at < KEPT_MS);
}
