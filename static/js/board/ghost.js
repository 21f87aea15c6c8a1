/** The picture of a card or column that follows the pointer. */

/**
 * @param {HTMLElement} element @param {{x: number, y: number}} pointer @param {"task"|"column"} kind
 * @returns {{size: {width: number, height: number}, moveTo(x: number, y: number): void, remove(): void}}
 */
export function createGhost(element, { x, y }, kind) {
  const box = element.getBoundingClientRect();
  const ghost = pictureOf(element);
  const [dx, dy] = [x - box.left, y - box.top];
  ghost.classList.add("ghost", `ghost--${kind}`);
  ghost.style.inlineSize = `${box.width}px`;
  if (kind === "column") ghost.style.blockSize = `${Math.min(box.height, 420)}px`;
  document.body.append(ghost);
  /** @param {number} left @param {number} top */
  const moveTo = (left, top) => (ghost.style.translate = `${left - dx}px ${top - dy}px`);
  moveTo(x, y);
  return { size: { width: box.width, height: box.height }, moveTo, remove: () => ghost.remove() };
}

/** A copy that nobody can find or use. @param {HTMLElement} element */
export function pictureOf(element) {
  const picture = /** @type {HTMLElement} */ (element.cloneNode(true));
  picture.inert = true;
  picture.setAttribute("aria-hidden", "true");
  /** @type {NodeListOf<HTMLElement>} */
  const named = picture.querySelectorAll("[id], [data-task], [data-slot], [data-column]");
  for (const one of [picture, ...named]) forget(one);
  return picture;
}

/** @param {HTMLElement} element */
function forget(element) {
  element.removeAttribute("id");
  for (const name of ["task", "slot", "column"]) delete element.dataset[name];
}
