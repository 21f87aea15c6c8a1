/**
 * Fields with `data-limit` say what is too long and keep it; their form isn't sent meanwhile. `maxlength` would cut what
 * is pasted without a word, and counts an emoji as two.
 */
import { sayExcess } from "./length.js";

/** Watches every such field there is and will be. @param {Document} page */
export function watchLimits(page) {
  for (const field of page.querySelectorAll("[data-limit]")) check(field);
  page.addEventListener("input", ({ target }) => {
    if (target.dataset?.limit && check(target)) target.reportValidity();
  });
}

/** @returns {boolean} whether it has just become too long */
function check(field) {
  const [was, says] = [field.validity.customError, sayExcess(field.value.trim(), Number(field.dataset.limit))];
  field.setCustomValidity(says);
  return Boolean(says) && !was;
}
