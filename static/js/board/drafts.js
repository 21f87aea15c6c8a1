/** What somebody is typing, kept apart from what the board says, so that an event never overwrites it. */
import { useState } from "preact/hooks";

/**
 * A field being edited. `conflict` is true while the board's value has changed since the typing began; the draft
 * survives closing the dialog and reloading the page (until the tab is closed).
 *
 * @param {string} key names the field of the thing, e.g. "description <id>"
 * @param {string} value what the board says now
 * @param {(text: string) => void} save
 */
export function useDraft(key, value, save) {
  const [draft, setDraft] = useState(() => recall(key));
  const put = (next) => {
    remember(key, next);
    setDraft(next);
  };
  const text = draft?.text ?? value;
  return {
    text,
    dirty: draft !== null && draft.text !== value,
    conflict: isConflict(draft, value),
    type: (typed) => put({ text: typed, base: draft?.base ?? value }),
    keepMine: () => put({ text, base: value }),
    takeTheirs: () => put(null),
    discard: () => put(null),
    commit: () => {
      put(null);
      if (text !== value) save(text);
    },
  };
}

export function isConflict(draft, value) {
  return draft !== null && value !== draft.base && value !== draft.text;
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(`draft ${key}`));
  } catch {
    return null;
  }
}

function remember(key, draft) {
  try {
    if (draft === null) sessionStorage.removeItem(`draft ${key}`);
    else sessionStorage.setItem(`draft ${key}`, JSON.stringify(draft));
  } catch {
    /* A full or forbidden storage costs only the draft's survival of a reload. */
  }
}
