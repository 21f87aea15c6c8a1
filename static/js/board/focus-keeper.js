/**
 * Keeps keyboard focus from falling to the page when what has it goes away: a card that is deleted, an editor that is
 * done, a dialog whose opener is gone, a button that is disabled.
 *
 * It remembers where focus has been and where in the document the removed ones stood. When nothing has focus any more,
 * it goes to the same thing drawn elsewhere, to what replaced it, to its like beside it, to a neighbour, to what is
 * around it, or back to where focus was before the closed dialog, menu or notification. Where a person puts focus
 * aside with a pointer or the tab key it stays aside.
 */
const LAYERS = "dialog, [popover], .toasts";
const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
const REMEMBERED = 12;
const ATTRIBUTES = ["disabled", "hidden", "inert", "data-lifted"];
const WATCHED = { childList: true, subtree: true, attributeFilter: ATTRIBUTES };

/** @typedef {{element: Element|null, layer: Element|null, place: Object|null}} Visit   `element` null: put aside */

/** Begins to listen. @returns {() => void} a function that stops */
export function keepFocus() {
  const keeper = new FocusKeeper();
  const stop = new AbortController();
  const on = (type, listener) => document.addEventListener(type, listener, { capture: true, signal: stop.signal });
  on("focusin", ({ target }) => keeper.enter(target));
  on("focusout", (event) => keeper.leave(event));
  on("pointerdown", () => (keeper.isAside = true));
  on("keydown", ({ key }) => (keeper.isAside = key === "Tab"));
  const observer = new MutationObserver((records) => keeper.heed(records));
  observer.observe(document.body, WATCHED);
  return () => {
    stop.abort();
    observer.disconnect();
  };
}

class FocusKeeper {
  constructor() {
    /** @type {Visit[]} the latest last */
    this.trail = [];
    this.isAside = false;
    this.blurred = null;
    this.isDue = false;
  }

  enter(element) {
    this.blurred = null;
    const others = this.trail.filter((visit) => visit.element && visit.element !== element);
    this.trail = [...others, { element, layer: element.closest(LAYERS), place: null }].slice(-REMEMBERED);
  }

  /** A window that goes to the back keeps its focus; a control that is taken away was not left. */
  leave({ target, relatedTarget }) {
    if (relatedTarget || document.activeElement === target) return;
    if (!isUsable(target)) this.check();
    else if (this.isAside) this.trail.push({ element: null, layer: null, place: null });
    else {
      this.blurred = target;
      this.check();
    }
  }

  /** Notes where the removed ones stood, while their neighbours are still there. @param {MutationRecord[]} records */
  heed(records) {
    for (const visit of this.trail) {
      const anchor = visit.place ? visit.place.parent : visit.element;
      if (anchor && !anchor.isConnected) visit.place = placeOf(visit, anchor, records) ?? visit.place;
    }
    const active = document.activeElement;
    if (!active || active === document.body || records.some(({ type }) => type === "attributes")) this.check();
  }

  check() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      if (!hasFocus()) this.restore();
    });
  }

  restore() {
    const last = this.trail.at(-1);
    if (!last?.element || last.element.closest("[data-lifted]")) return;
    for (const candidate of this.candidates()) {
      candidate.focus({ preventScroll: true });
      if (document.activeElement === candidate) return;
    }
  }

  *candidates() {
    const closed = new Set();
    for (const visit of this.trail.toReversed()) {
      if (!visit.element || closed.has(visit.layer)) continue;
      yield* this.near(visit);
      if (visit.layer === null) break;
      closed.add(visit.layer);
    }
    const board = document.getElementById("board");
    if (board && isUsable(board)) yield board;
  }

  *near(visit) {
    const { element, layer, place } = visit;
    if (element !== this.blurred && isUsable(element)) yield element;
    const same = sameAs(element);
    if (same && isUsable(same)) yield same;
    if (place) yield* around(place, layer);
    else if (element === this.blurred) yield* outward(element.parentElement);
    else yield* around(standing(element), layer);
  }
}

function hasFocus() {
  const active = document.activeElement;
  return Boolean(active) && active !== document.body && active !== document.documentElement && isUsable(active);
}

/** Whether an element can have focus now: seen, enabled, and not behind an open dialog. */
function isUsable(element) {
  if (!element.isConnected || element.matches(":disabled") || element.closest("[inert]")) return false;
  const top = [...document.querySelectorAll("dialog[open]")].at(-1);
  return (!top || top.contains(element)) && element.checkVisibility({ visibilityProperty: true });
}

/** The same card, grip or field where it has been drawn anew. */
function sameAs({ id, dataset }) {
  const names = Object.entries({ task: dataset?.task, grip: dataset?.grip }).filter(([, value]) => value);
  const selectors = names.map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`);
  if (id) selectors.push(`#${CSS.escape(id)}`);
  return selectors.length ? document.querySelector(selectors.join(", ")) : null;
}

/** Where what holds the anchor was taken out. */
function placeOf({ element, place }, anchor, records) {
  const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
  for (const { removedNodes, target: parent, nextSibling: next, previousSibling: previous } of records) {
    const root = [...removedNodes].find((node) => node.contains(anchor));
    if (!root) continue;
    const like = place?.like ?? likeness(element, root);
    const isBeside = (node) =>
      [node, node.nextSibling].includes(next) || [node, node.previousSibling].includes(previous);
    const fresh = added.filter((node) => node.parentNode === parent && isBeside(node));
    return { parent, next, previous, like, fresh };
  }
  return null;
}

/** The place of one that is still there and can't be used. */
function standing(element) {
  const { parentElement: parent, nextSibling: next, previousSibling: previous } = element;
  return { parent, next, previous, like: null, fresh: [] };
}

/** What in a row or card corresponds to this element of another one: a selector, and the how manyth. */
function likeness(element, root) {
  const classes = [...element.classList].map((name) => `.${CSS.escape(name)}`).join("");
  const selector = element.matches("[data-task]") ? "[data-task]" : classes || element.localName;
  return { selector, index: Math.max(0, [...root.querySelectorAll(selector)].indexOf(element)) };
}

/** What replaced it, then what follows, what precedes, and what is around, up to the layer it was in. */
function* around({ parent, next, previous, like, fresh }, layer) {
  for (const node of fresh) yield* within(node, like, layer);
  const stillThere = (node) => (node?.parentNode === parent ? node : null);
  let [after, before, above] = [stillThere(next), stillThere(previous), parent];
  while (above && above !== document.body) {
    for (let node = after; node; node = node.nextSibling) yield* within(node, like, layer);
    for (let node = before; node; node = node.previousSibling) yield* within(node, like, layer, true);
    if (above.matches(CONTROLS) && isUsable(above)) yield above;
    if (above === layer) return;
    [after, before, above] = [above.nextSibling, above.previousSibling, above.parentElement];
  }
}

/** The controls of a part of the page, its own like first; not the links in what people wrote. */
function* within(node, like, layer, isBackwards = false) {
  if (!(node instanceof Element)) return;
  const fits = (element) => element.closest(LAYERS) === layer && !element.closest(".prose") && isUsable(element);
  const [wanted] = [...node.querySelectorAll("[autofocus]")].filter(fits);
  if (wanted) yield wanted;
  const alike = like && (node.matches(like.selector) ? node : node.querySelectorAll(like.selector)[like.index]);
  if (alike?.matches(CONTROLS) && fits(alike)) yield alike;
  if (node.matches(CONTROLS) && fits(node)) yield node;
  const controls = [...node.querySelectorAll(CONTROLS)].filter(fits);
  if (controls.length) yield isBackwards ? controls.at(-1) : controls[0];
}

function* outward(element) {
  for (let one = element; one; one = one.parentElement) if (one.matches("[tabindex]") && isUsable(one)) yield one;
}
