/** Scrolls the board and its columns while something is dragged near their edges. */

const EDGE = 56;
const FASTEST = 20;

/** @param {HTMLElement} root the board @param {{x: number, y: number}} point @param {"task"|"column"} kind */
export function scrollNear(root, { x, y }, kind) {
  const board = root.getBoundingClientRect();
  root.scrollLeft += Math.round(speed(x, board.left, board.right) * Math.min(1, board.width / 800));
  if (kind !== "task") return;
  for (const scroller of root.querySelectorAll(".column__scroller")) {
    const box = scroller.getBoundingClientRect();
    if (x >= box.left && x <= box.right) scroller.scrollTop += speed(y, box.top, box.bottom);
  }
}

/** Pixels a frame: 0 in the middle, faster the nearer to (or beyond) an edge. @param {number} at @param {number} start @param {number} end */
export function speed(at, start, end) {
  if (at < start + EDGE) return -ramp(start + EDGE - at);
  if (at > end - EDGE) return ramp(at - end + EDGE);
  return 0;
}

/** @param {number} depth pixels into the edge */
function ramp(depth) {
  return Math.ceil(FASTEST * Math.min(1, depth / EDGE) ** 2);
}
