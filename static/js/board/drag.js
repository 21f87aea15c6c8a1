/**
 * Dragging cards and columns with mouse, pen or finger.
 *
 * A mouse drags after a few pixels, a finger after holding still. While dragging, the thing itself is folded away, a
 * ghost follows the pointer, and the gap it would fall into is drawn by an attribute on the element after the gap.
 */
import { t } from "../lib/i18n.js";
import { announce } from "./announce.js";
import { focusTask, revealColumn } from "./focus.js";
import { createGhost } from "./ghost.js";
import { clearMark, columnUnder, columnsOf, mark, slotUnder } from "./gap.js";
import { isSamePlace, neighbours } from "./placement.js";
import { scrollNear } from "./scrolling.js";

/** @import { BoardState } from "./context.js" */
/** @import { Point, Target } from "./gap.js" */

/**
 * @typedef {"task"|"column"} Kind
 * @typedef {{kind: Kind, id: string, element: HTMLElement, pointerId: number, at: number, x: number, y: number,
 *   timer?: number}} Press   `at`: the event's time; `timer`: until a finger has been still for long enough
 * @typedef {{follow(event: PointerEvent): void, finish(dropped: boolean): void}} Drag
 * @typedef {{columnId?: string, beforeId: string|null}} Destination   in a column, for tasks; null: at the end
 */

const SLOP = 5;
const HOLD = 260;
const UNDRAGGABLE = "input, textarea, select, [popover], .card__menu, .inline-text__input";

/** Watches a board's root element; returns a function that stops. @param {HTMLElement} root @param {BoardState} board */
export function enableDragging(root, board) {
  /** @type {Press|null} */
  let press = null;
  /** @type {Drag|null} */
  let drag = null;
  const stop = new AbortController();
  const { signal } = stop;

  /** @param {Press} from */
  const begin = (from) => {
    clearTimeout(from.timer);
    press = null;
    drag = startDrag(root, board, from);
    return drag;
  };
  const release = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  /** @param {boolean} dropped */
  const end = (dropped) => {
    release();
    if (!drag) return;
    const ended = drag;
    drag = null;
    ended.finish(dropped);
  };
  /** @param {PointerEvent} event */
  const down = (event) => {
    if (drag || !event.isPrimary || event.button !== 0 || !board.screen.canEdit.peek()) return;
    const from = pressed(event);
    press = from;
    if (from && event.pointerType === "touch") from.timer = setTimeout(() => begin(from), HOLD);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    if (drag) return drag.follow(event);
    if (!press || event.pointerId !== press.pointerId) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLOP;
    if (!far) return;
    if (event.pointerType === "touch" && event.timeStamp - press.at < HOLD) return release();
    begin(press).follow(event);
  };
  /** @param {KeyboardEvent} event */
  const keyed = (event) => {
    if (!drag || event.key !== "Escape") return;
    event.stopPropagation();
    end(false);
  };

  root.addEventListener("pointerdown", down, { signal });
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", () => end(true), { signal });
  document.addEventListener("pointercancel", () => end(false), { signal });
  const still = { signal, passive: false };
  root.addEventListener("touchmove", (event) => drag && event.cancelable && event.preventDefault(), still);
  root.addEventListener("contextmenu", (event) => (drag || press?.timer) && event.preventDefault(), {
    signal,
  });
  root.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  document.addEventListener("keydown", keyed, { signal, capture: true });
  return () => {
    end(false);
    stop.abort();
  };
}

/** What a pointer is pressed on, null where nothing can be dragged. @param {PointerEvent} event @returns {Press|null} */
function pressed({ target, pointerId, timeStamp: at, clientX: x, clientY: y }) {
  if (!(target instanceof Element) || target.closest(UNDRAGGABLE)) return null;
  /** @type {HTMLElement|null} */
  const slot = target.closest("[data-slot]");
  if (slot?.dataset.slot) return { kind: "task", id: slot.dataset.slot, element: slot, pointerId, at, x, y };
  /** @type {HTMLElement|null|undefined} */
  const column = target.closest("[data-column-handle]")?.closest("[data-column]");
  return column?.dataset.column
    ? { kind: "column", id: column.dataset.column, element: column, pointerId, at, x, y }
    : null;
}

/** @param {HTMLElement} root @param {BoardState} board @param {Press} press @returns {Drag} */
function startDrag(root, board, { kind, id, element, x, y }) {
  const ghost = createGhost(element, { x, y }, kind);
  const point = { x, y };
  /** @type {(Target & Destination)|null} */
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
      clearMark();
      ghost.remove();
      delete root.dataset.dragging;
      clearLifted(root);
      if (kind === "task")
        board.session.setPresence(board.screen.openTask.peek(), board.screen.openTask.peek() ? "view" : null);
      swallowClick();
      if (dropped && target) drop(board, { kind, id }, target);
    },
  };
}

/** Shows what was lifted in its place again. @param {Document|HTMLElement} root */
export function clearLifted(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const lifted = root.querySelectorAll("[data-lifted]");
  for (const element of lifted) delete element.dataset.lifted;
}

/** @param {HTMLElement} root @param {Point} point @param {string} id @returns {(Target & Destination)|null} */
function aimTask(root, point, id) {
  const column = columnUnder(root, point);
  return column && { kind: "task", columnId: column.dataset.column, ...slotUnder(column, point, id) };
}

/** @param {HTMLElement} root @param {Point} point @param {string} id @returns {Target & Destination} */
function aimColumn(root, point, id) {
  const columns = [...columnsOf(root)].filter((column) => column.dataset.column !== id);
  const next = columns.find((column) => {
    const box = column.getBoundingClientRect();
    return point.x < box.left + box.width / 2;
  });
  return { kind: "column", beforeId: next?.dataset.column ?? null, element: next ?? endOf(root) };
}

/** @param {HTMLElement} root */
function endOf(root) {
  const last = root.lastElementChild;
  return last instanceof HTMLElement ? last : null;
}

/**
 * Says where the thing goes, in terms of neighbours a filter may be hiding.
 *
 * @param {BoardState} board @param {{kind: Kind, id: string}} moved @param {Destination} destination
 */
export function drop(board, { kind, id }, { columnId, beforeId }) {
  if (kind === "column") dropColumn(board.session, id, beforeId);
  else if (columnId) dropTask(board, id, { columnId, beforeId });
}

/** @param {BoardState} board @param {string} id @param {{columnId: string, beforeId: string|null}} destination */
function dropTask({ session, screen }, id, { columnId, beforeId }) {
  const [ids, visible] = [session.taskIds(columnId).peek(), screen.visibleIds(columnId).peek()];
  const task = session.task(id).peek();
  if (!task) return announce(t("The card is gone: somebody removed it"));
  const place = neighbours(ids, visible, id, beforeId);
  requestAnimationFrame(() => focusTask(screen, id));
  if (isSamePlace(ids, id, place)) return;
  session.commands.moveTask(id, { columnId, ...place });
  const shown = screen.visibleIds(columnId).peek();
  const column = session.column(columnId).peek()?.title ?? "";
  const values = { title: task.title, column, place: shown.indexOf(id) + 1, places: shown.length };
  announce(t("{title} is now in {column}, place {place} of {places}", values));
}

/** @param {BoardState["session"]} session @param {string} id @param {string|null} beforeId */
function dropColumn(session, id, beforeId) {
  const ids = session.columnIds.peek();
  const place = neighbours(ids, ids, id, beforeId);
  if (!isSamePlace(ids, id, place)) session.commands.moveColumn({ id, ...place });
  requestAnimationFrame(() => revealColumn(id));
}

/** The click that ends a drag must not open the card it began on. */
function swallowClick() {
  /** @param {Event} event */
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
}
