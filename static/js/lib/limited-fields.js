/**
 * The validity of fields with `data-limit`: what is too long is reported and kept, and its form isn't sent meanwhile.
 * `maxlength` would cut what is pasted without a word, and counts an emoji as two.
 */
import { elementOf } from "./events.js";
import { sayExcess } from "./length.js";

/** @typedef {HTMLInputElement|HTMLTextAreaElement} Field */

/** Watch every such field there is and will be. @param {Document} page */
export function watchLimits(page) {
  for (const field of /** @type {NodeListOf<Field>} */ (page.querySelectorAll("[data-limit]"))) check(field);
  page.addEventListener("input", (event) => {
    const field = /** @type {Field|null} */ (elementOf(event));
    if (field?.dataset.limit && check(field)) field.reportValidity();
  });
}

/** Set a field's validity. @param {Field} field @returns {boolean} whether it has just become too long */
function check(field) {
  const [was, says] = [
    field.validity.customError,
    sayExcess(field.value.trim(), Number(field.dataset.limit)),
  ];
  field.setCustomValidity(says);
  return Boolean(says) && !was;
}
