/** Tells screen readers something; inside the topmost dialog when one is open, since the rest is inert then. */

/** Says at once what a person's own act has done. @param {string} text */
export function announce(text) {
  say("[data-announcements]", text);
}

/** Says when there is a pause what else is new. @param {string} text */
export function announceLater(text) {
  say("[data-news]", text);
}

/** @param {string} regions a selector @param {string} text */
function say(regions, text) {
  const region = [...document.querySelectorAll(regions)].at(-1);
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}
