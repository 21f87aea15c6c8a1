/** Where the pointer is among columns and cards, and the gap that shows it. */

let marked = null;

/** The column under the pointer, else the nearest one. */
export function columnUnder(root, { x }) {
  const distance = (column) => {
    const box = column.getBoundingClientRect();
    return Math.max(box.left - x, 0, x - box.right);
  };
  const columns = [...root.querySelectorAll("[data-column]")];
  return columns.reduce((best, column) => (!best || distance(column) < distance(best) ? column : best), null);
}

/** The card in front of which a drop would go, or null and the end of the list. */
export function slotUnder(column, { y }, movingId) {
  const slots = [...column.querySelectorAll("[data-slot]")].filter((slot) => slot.dataset.slot !== movingId);
  const next = slots.find((slot) => {
    const box = slot.querySelector("[data-task]").getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { beforeId: next?.dataset.slot ?? null, element: next ?? column.querySelector("[data-end]") };
}

/** Opens the gap in front of the target's element and closes the one before. */
export function mark(target, size) {
  const element = target?.element ?? null;
  if (element === marked?.element && marked?.element.dataset.gap) return;
  unmark();
  if (!element) return;
  element.dataset.gap = target.kind;
  element.style.setProperty("--gap-height", `${size.height}px`);
  element.style.setProperty("--gap-width", `${size.width}px`);
  marked = { element };
}

export function clearMark() {
  unmark();
}

function unmark() {
  if (!marked) return;
  delete marked.element.dataset.gap;
  marked.element.style.removeProperty("--gap-height");
  marked.element.style.removeProperty("--gap-width");
  marked = null;
}
