/** What events are about. */

/**
 * Return the element that an event happened on. The DOM's types say no more than `EventTarget`, but clicks, keys and
 * what forms tell always come from an element or, told by a script, from the page or the window.
 *
 * @param {Event} event
 * @returns {HTMLElement|null} null when it was not an element
 */
export function elementOf({ target }) {
  const element = /** @type {HTMLElement|null} */ (target);
  return element && "closest" in element ? element : null;
}
