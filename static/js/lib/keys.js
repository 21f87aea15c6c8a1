/** Keys as people mean them, whatever the layout, Caps Lock, an input method or a finger that rests on them. */

const FIELDS = "input, textarea, select, [contenteditable]";

/**
 * The Latin letter of a key event in lower case, "" for other keys. A layout with letters of another script has the Latin
 * ones at the same places (`code`); one with Latin letters elsewhere (AZERTY, Dvorak) is taken at its word (`key`).
 */
export function letterOf({ key, code = "" }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code);
  return place && (key === "Process" || key === "Unidentified" || /^\p{L}$/u.test(key)) ? place[1].toLowerCase() : "";
}

/** Whether a key belongs to an input method that composes text. Safari ends composing before the key that ended it. */
export function isComposing({ isComposing, keyCode }) {
  return isComposing === true || keyCode === 229;
}

/**
 * Keeps from everybody else: keys of an input method while it composes in a field, and what a resting finger repeats on
 * controls (Enter that opens would press the next control, too). Works before any other listener.
 * @returns {() => void} ends it
 */
export function guardKeys(target) {
  const guard = (event) => {
    const inField = Boolean(event.target.closest?.(FIELDS));
    if (inField && isComposing(event)) {
      event.stopImmediatePropagation();
      if (event.key === "Enter" && !event.isComposing) event.preventDefault();
    } else if (!inField && event.repeat && (event.key === "Enter" || event.key === " ")) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  };
  target.addEventListener("keydown", guard, true);
  return () => target.removeEventListener("keydown", guard, true);
}
