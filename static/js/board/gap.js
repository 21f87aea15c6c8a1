/** Where the pointer is among columns and cards, and the gap that shows it. */

/**
 * @typedef {{x: number, y: number}} Point   in the window
 * @typedef {{width: number, height: number}} Size   pixels
 * @typedef {{kind: "task"|"column", element: HTMLElement|null}} Target   the gap is in front of the element
 */

/** @type {{element: HTMLElement}|null} */
let marked = null;

/** The column under the pointer, else the nearest one. @param {HTMLElement} root @param {Point} point */
export function columnUnder(root, { x }) {
  /** @param {HTMLElement} column */
  const distance = (column) => {
    const box = column.getBoundingClientRect();
    return Math.max(box.left - x, 0, x - box.right);
  };
  /** @type {HTMLElement|null} */
  let nearest = null;
  for (const column of columnsOf(root))
    if (!nearest || distance(column) < distance(nearest)) nearest = column;
  return nearest;
}

/** @param {HTMLElement} root @returns {NodeListOf<HTMLElement>} */
export function columnsOf(root) {
  return root.querySelectorAll("[data-column]");
}

/**
 * The card in front of which a drop would go, or null and the end of the list.
 *
 * @param {HTMLElement} column @param {Point} point @param {string} movingId
 * @returns {{beforeId: string|null, element: HTMLElement|null}}
 */
export function slotUnder(column, { y }, movingId) {
  /** @type {NodeListOf<HTMLElement>} */
  const slots = column.querySelectorAll("[data-slot]");
  const next = [...slots].find((slot) => {
    const box =
      slot.dataset.slot === movingId ? undefined : slot.querySelector("[data-task]")?.getBoundingClientRect();
    return box && y < box.top + box.height / 2;
  });
  return { beforeId: next?.dataset.slot ?? null, element: next ?? column.querySelector("[data-end]") };
}

/** Opens the gap in front of the target's element and closes the one before. @param {Target|null} target @param {Size} size */
export function mark(target, size) {
  const element = target?.element ?? null;
  if (element === marked?.element && marked?.element.dataset.gap) return;
  clearMark();
  if (!target || !element) return;
  element.dataset.gap = target.kind;
  element.style.setProperty("--gap-height", `${size.height}px`);
  element.style.setProperty("--gap-width", `${size.width}px`);
  marked = { element };
}

/** Closes the gap. */
export function clearMark() {
  if (!marked) return;
  delete marked.element.dataset.gap;
  marked.element.style.removeProperty("--gap-height");
  marked.element.style.removeProperty("--gap-width");
  marked = null;
}
