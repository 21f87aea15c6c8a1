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

/** @param {Event} event of an input, a select or a textarea */
function fieldOf({ currentTarget }) {
  return /** @type {HTMLInputElement} */ (currentTarget);
}

/**
 * Return a listener that passes on the value of the field it is put on.
 *
 * @param {(value: string) => unknown} act
 * @returns {(event: Event) => void}
 */
export function withValue(act) {
  return (event) => void act(fieldOf(event).value);
}

/**
 * Return a listener that passes on whether the box it is put on is checked.
 *
 * @param {(isChecked: boolean) => unknown} act
 * @returns {(event: Event) => void}
 */
export function withChecked(act) {
  return (event) => void act(fieldOf(event).checked);
}

/**
 * Read the text fields of the form that a listener is put on.
 *
 * @param {Event} event of the form
 * @returns {Record<string, string>} by their names
 */
export function formValues({ currentTarget }) {
  const form = /** @type {HTMLFormElement} */ (currentTarget);
  /** @type {Record<string, string>} */
  const values = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
  return values;
}

/**
 * Tell whether focus goes from a field into an element that a selector names.
 *
 * @param {FocusEvent} event
 * @param {string} selector
 * @returns {boolean}
 */
export function goesInto({ relatedTarget }, selector) {
  return relatedTarget instanceof Element && relatedTarget.closest(selector) !== null;
}
