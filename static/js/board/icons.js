/**
 * Puts the icon sprite into the page, each symbol as `icon-<name>`: drawn from the file, new icons would be missing
 * while offline.
 *
 * @param {string} url
 */
export async function loadIcons(url) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return;
  const sprite = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  for (const symbol of sprite.querySelectorAll("symbol")) symbol.id = `icon-${symbol.id}`;
  sprite.setAttribute("hidden", "");
  document.body.append(document.adoptNode(sprite));
}
