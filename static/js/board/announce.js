let region;

/** Says something to screen readers, politely, once. */
export function announce(text) {
  region ??= document.getElementById("announcements");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}
