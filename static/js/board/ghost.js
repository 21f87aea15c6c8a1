/** The picture of a card or column that follows the pointer. */

/** @returns {{size: {width: number, height: number}, moveTo(x: number, y: number): void, remove(): void}} */
export function createGhost(element, x, y, kind) {
  const box = element.getBoundingClientRect();
  const ghost = pictureOf(element);
  const [dx, dy] = [x - box.left, y - box.top];
  ghost.classList.add("ghost", `ghost--${kind}`);
  ghost.style.inlineSize = `${box.width}px`;
  if (kind === "column") ghost.style.blockSize = `${Math.min(box.height, 420)}px`;
  document.body.append(ghost);
  const moveTo = (left, top) => (ghost.style.translate = `${left - dx}px ${top - dy}px`);
  moveTo(x, y);
  return { size: { width: box.width, height: box.height }, moveTo, remove: () => ghost.remove() };
}

/** A copy that nobody can find or use. @param {HTMLElement} element */
export function pictureOf(element) {
  const picture = element.cloneNode(true);
  picture.inert = true;
  picture.setAttribute("aria-hidden", "true");
  for (const named of [picture, ...picture.querySelectorAll("[id], [data-task], [data-slot], [data-column]")]) forget(named);
  return picture;
}

function forget(element) {
  element.removeAttribute("id");
  for (const name of ["task", "slot", "column"]) delete element.dataset[name];
}
