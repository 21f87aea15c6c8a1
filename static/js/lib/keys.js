/** Keys as people mean them, whatever the layout, Caps Lock, an input method or the repeating of a held key. */
import { elementOf } from "./events.js";

const FIELDS = "input, textarea, select, [contenteditable]";

/**
 * Return the Latin letter of a key event in lower case, "" for other keys. A layout with letters of another script has
 * the Latin ones at the same places (`code`); on one with Latin letters elsewhere (AZERTY, Dvorak) `key` counts.
 *
 * @param {{key: string, code?: string}} event
 * @returns {string}
 */
export function letterOf({ key, code = "" }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code);
  return place && (key === "Process" || key === "Unidentified" || /^\p{L}$/u.test(key))
    ? place[1].toLowerCase()
    : "";
}

/**
 * Tell whether a key belongs to an input method that composes text. Safari ends composing before the key that ended it.
 *
 * @param {{isComposing: boolean, keyCode: number}} event
 * @returns {boolean}
 */
export function isComposing({ isComposing, keyCode }) {
  return isComposing === true || keyCode === 229;
}

/**
 * Stop, before any other listener sees them, the keys of an input method while it composes in a field, and the repeats
 * of a held key on controls (Enter that opens would press the next control, too).
 *
 * @param {Document|HTMLElement} target
 * @returns {() => void} stops guarding
 */
export function guardKeys(target) {
  /** @param {KeyboardEvent} event */
  const guard = (event) => {
    const inField = Boolean(elementOf(event)?.closest(FIELDS));
    if (inField && isComposing(event)) {
      event.stopImmediatePropagation();
      if (event.key === "Enter" && !event.isComposing) event.preventDefault();
    } else if (!inField && event.repeat && (event.key === "Enter" || event.key === " ")) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  };
  // Only a keydown comes here, which is a KeyboardEvent; the listeners of "a page or an element" don't say so.
  const listener = /** @type {EventListener} */ (guard);
  target.addEventListener("keydown", listener, true);
  return () => target.removeEventListener("keydown", listener, true);
}
