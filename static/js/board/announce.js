/** Says something to screen readers once; inside the topmost dialog when one is open, since the rest is inert then. */
export function announce(text) {
  const region = [...document.querySelectorAll("[data-announcements]")].at(-1);
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}
