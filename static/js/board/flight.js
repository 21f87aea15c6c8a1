/** Moves cards on the screen from where they were to where they are (FLIP, with the Web Animations API). */
import { pictureOf } from "./ghost.js";

const TIMING = { duration: 260, easing: "cubic-bezier(0.2, 0.7, 0.3, 1)" };
const FLYING = 12;
const SLIDING = 60;

/** @typedef {{slot: HTMLElement, scroller: Element, box: DOMRect}} Place   of a card on the screen */

/** Where the cards are that can be seen now. @returns {Map<string, Place>} by the card's id */
export function measureCards() {
  /** @type {Map<string, Place>} */
  const seen = new Map();
  const window = document.getElementById("board")?.getBoundingClientRect();
  if (!window || document.querySelector("[data-dragging]")) return seen;
  for (const scroller of document.querySelectorAll(".column__scroller")) {
    const view = overlap(window, scroller.getBoundingClientRect());
    if (!view) continue;
    for (const slot of slotsOf(scroller)) {
      const [box, id] = [slot.getBoundingClientRect(), slot.dataset.slot];
      if (box.top > view.bottom) break;
      if (id && overlap(view, box)) seen.set(id, { slot, scroller, box });
    }
  }
  return seen;
}

/** @param {Element} scroller @returns {NodeListOf<HTMLElement>} */
function slotsOf(scroller) {
  return scroller.querySelectorAll("[data-slot]");
}

/**
 * Animates what changed: `moved` cards fly across columns, slide within one, or appear; the others slide out of the
 * way, and pictures of `removed` ones fade. Nothing moves for somebody who wants less motion, nor when so much has changed that nobody could follow it.
 *
 * @param {Map<string, Place>} before @param {Set<string>} moved ids @param {Set<string>} [removed] ids
 */
export function moveCards(before, moved, removed = new Set()) {
  if (moved.size + removed.size > FLYING || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  let sliding = 0;
  const after = measureCards();
  for (const id of removed) {
    const then = before.get(id);
    if (then && !after.has(id)) fade(then);
  }
  for (const [id, now] of after) {
    const then = before.get(id);
    if (!then) moved.has(id) && appear(now);
    else if (then.scroller !== now.scroller) moved.has(id) && fly(then, now);
    else if (isElsewhere(then.box, now.box)) {
      sliding += moved.has(id) ? 0 : 1;
      if (moved.has(id) || sliding <= SLIDING) slide(then, now);
    }
  }
}

/** @param {Place} place */
function appear({ slot }) {
  slot.animate(
    [
      { opacity: 0, scale: 0.94 },
      { opacity: 1, scale: 1 },
    ],
    TIMING,
  );
}

/** @param {Place} then @param {Place} now */
function slide(then, now) {
  now.slot.animate(path(then.box, now.box), TIMING);
}

/** @param {DOMRect} then @param {DOMRect} now @returns {Keyframe[]} */
function path(then, now) {
  return [{ translate: `${then.left - now.left}px ${then.top - now.top}px` }, { translate: "0 0" }];
}

/** A column cuts off what is outside it, so a picture of the card flies above the board. @param {Place} then @param {Place} now */
function fly(then, now) {
  now.slot.animate([{ opacity: 0 }, { opacity: 0 }], TIMING.duration);
  animatePicture(now, path(then.box, now.box));
}

/** @param {Place} place */
function fade(place) {
  animatePicture(place, [
    { opacity: 1, scale: 1 },
    { opacity: 0, scale: 0.94 },
  ]);
}

/** Animates a picture of a card above the board, then takes it away. @param {Place} place @param {Keyframe[]} frames */
function animatePicture({ slot, box }, frames) {
  const picture = pictureOf(slot);
  picture.classList.add("flight");
  Object.assign(picture.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
  document.body.append(picture);
  const flight = picture.animate(frames, TIMING);
  flight.onfinish = flight.oncancel = () => picture.remove();
}

/** @param {DOMRect} then @param {DOMRect} now */
function isElsewhere(then, now) {
  return Math.abs(then.left - now.left) > 1 || Math.abs(then.top - now.top) > 1;
}

/** @typedef {Pick<DOMRect, "left"|"top"|"right"|"bottom">} Box */

/** @param {Box} one @param {Box} other @returns {Box|null} */
function overlap(one, other) {
  const [left, top] = [Math.max(one.left, other.left), Math.max(one.top, other.top)];
  const [right, bottom] = [Math.min(one.right, other.right), Math.min(one.bottom, other.bottom)];
  return right > left && bottom > top ? { left, top, right, bottom } : null;
}
