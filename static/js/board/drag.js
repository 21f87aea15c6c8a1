/**
 * Dragging cards and columns with mouse, pen or finger.
 *
 * A mouse drags after a few pixels, a finger after holding still. While dragging, the thing itself is folded away, a
 * ghost follows the pointer, and the gap it would fall into is drawn by an attribute on the element after the gap.
 */
import { announce } from "./announce.js";
import { focusTask, revealColumn } from "./focus.js";
import { createGhost } from "./ghost.js";
import { clearMark, columnUnder, mark, slotUnder } from "./gap.js";
import { isSamePlace, neighbours } from "./placement.js";
import { scrollNear } from "./scrolling.js";

const SLOP = 5;
const HOLD = 260;
const UNDRAGGABLE = "input, textarea, select, [popover], .card__menu, .inline-text__input";

/** Watches a board's root element; answers a function that stops. */
export function enableDragging(root, board) {
  let press = null;
  let drag = null;
  const stop = new AbortController();
  const on = (target, type, listener, options = {}) =>
    target.addEventListener(type, listener, { signal: stop.signal, ...options });

  const begin = () => {
    clearTimeout(press.timer);
    drag = startDrag(root, board, press);
    press = null;
  };
  const release = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  const end = (dropped) => {
    release();
    if (!drag) return;
    const ended = drag;
    drag = null;
    ended.finish(dropped);
  };

  on(root, "pointerdown", (event) => {
    if (drag || !event.isPrimary || event.button !== 0 || !board.screen.canEdit.peek()) return;
    press = pressed(event);
    if (press && event.pointerType === "touch") press.timer = setTimeout(begin, HOLD);
  });
  on(document, "pointermove", (event) => {
    if (drag) return drag.follow(event);
    if (!press || event.pointerId !== press.pointerId) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLOP;
    if (!far) return;
    if (event.pointerType === "touch" && event.timeStamp - press.at < HOLD) return release();
    begin();
    drag.follow(event);
  });
  on(document, "pointerup", () => end(true));
  on(document, "pointercancel", () => end(false));
  on(root, "touchmove", (event) => drag && event.cancelable && event.preventDefault(), { passive: false });
  on(root, "contextmenu", (event) => (drag || press?.timer) && event.preventDefault());
  on(root, "dragstart", (event) => event.preventDefault());
  on(document, "keydown", (event) => drag && event.key === "Escape" && (event.stopPropagation(), end(false)), {
    capture: true,
  });
  return () => {
    end(false);
    stop.abort();
  };
}

function pressed(event) {
  if (event.target.closest(UNDRAGGABLE)) return null;
  const [slot, handle] = [event.target.closest("[data-slot]"), event.target.closest("[data-column-handle]")];
  const element = slot ?? handle?.closest("[data-column]");
  if (!element) return null;
  const [kind, id] = slot ? ["task", slot.dataset.slot] : ["column", element.dataset.column];
  return { kind, id, element, pointerId: event.pointerId, at: event.timeStamp, x: event.clientX, y: event.clientY };
}

function startDrag(root, board, { kind, id, element, x, y }) {
  const ghost = createGhost(element, x, y, kind);
  const point = { x, y };
  let target = null;
  let frame = requestAnimationFrame(step);
  element.dataset.lifted = "pointer";
  root.dataset.dragging = kind;
  navigator.vibrate?.(8);
  if (kind === "task") board.session.setPresence(id, "drag");

  function step() {
    scrollNear(root, point, kind);
    target = kind === "task" ? aimTask(root, point, id) : aimColumn(root, point, id);
    mark(target, ghost.size);
    frame = requestAnimationFrame(step);
  }
  return {
    follow(event) {
      Object.assign(point, { x: event.clientX, y: event.clientY });
      ghost.moveTo(point.x, point.y);
    },
    finish(dropped) {
      cancelAnimationFrame(frame);
      clearMark(root);
      ghost.remove();
      delete root.dataset.dragging;
      for (const lifted of root.querySelectorAll("[data-lifted]")) delete lifted.dataset.lifted;
      if (kind === "task")
        board.session.setPresence(board.screen.openTask.peek(), board.screen.openTask.peek() ? "view" : null);
      swallowClick();
      if (dropped && target) drop(board, kind, id, target);
    },
  };
}

function aimTask(root, point, id) {
  const column = columnUnder(root, point);
  return column && { kind: "task", columnId: column.dataset.column, ...slotUnder(column, point, id) };
}

function aimColumn(root, point, id) {
  const columns = [...root.querySelectorAll("[data-column]")].filter((column) => column.dataset.column !== id);
  const next = columns.find((column) => {
    const box = column.getBoundingClientRect();
    return point.x < box.left + box.width / 2;
  });
  return { kind: "column", beforeId: next?.dataset.column ?? null, element: next ?? root.lastElementChild };
}

/** Says where the thing goes, in terms of neighbours a filter may be hiding. */
export function drop({ session, screen }, kind, id, { columnId, beforeId }) {
  if (kind === "column") return dropColumn(session, id, beforeId);
  const [ids, visible] = [session.taskIds(columnId).peek(), screen.visibleIds(columnId).peek()];
  const task = session.task(id).peek();
  if (!task) return announce("The card is gone: somebody removed it");
  const place = neighbours(ids, visible, id, beforeId);
  requestAnimationFrame(() => focusTask(screen, id));
  if (isSamePlace(ids, id, place)) return undefined;
  session.commands.moveTask(id, { columnId, ...place });
  const shown = screen.visibleIds(columnId).peek();
  return announce(
    `${task.title} is now in ${session.column(columnId).peek().title}, place ${shown.indexOf(id) + 1} of ${shown.length}`,
  );
}

function dropColumn(session, id, beforeId) {
  const ids = session.columnIds.peek();
  const place = neighbours(ids, ids, id, beforeId);
  if (!isSamePlace(ids, id, place)) session.commands.moveColumn({ id, ...place });
  requestAnimationFrame(() => revealColumn(id));
}

/** The click that ends a drag must not open the card it began on. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
}
