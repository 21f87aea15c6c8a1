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

/**
 * @typedef {{selector: string, index: number}} Likeness   what corresponds to an element in another row or card
 * @typedef {Object} Place   where an element stood
 * @property {Node} parent
 * @property {Node|null} next
 * @property {Node|null} previous
 * @property {Likeness|null} like
 * @property {Node[]} fresh   what was put there instead
 * @typedef {{element: HTMLElement, layer: Element|null, place: Place|null}|null} Visit   null: focus was put aside
 */

/** Begins to listen. @returns {() => void} a function that stops */
export function keepFocus() {
  const keeper = new FocusKeeper();
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  document.addEventListener(
    "focusin",
    ({ target }) => target instanceof HTMLElement && keeper.enter(target),
    options,
  );
  document.addEventListener("focusout", (event) => keeper.leave(event), options);
  document.addEventListener("pointerdown", () => (keeper.isAside = true), options);
  document.addEventListener("keydown", ({ key }) => (keeper.isAside = key === "Tab"), options);
  const observer = new MutationObserver((records) => keeper.onMutations(records));
  observer.observe(document.body, WATCHED);
  return () => {
    stop.abort();
    observer.disconnect();
  };
}

class FocusKeeper {
  /** The latest last. @type {Visit[]} */
  trail = [];
  isAside = false;
  /** What lost focus and could still have it. @type {HTMLElement|null} */
  blurred = null;
  isDue = false;

  /** @param {HTMLElement} element */
  enter(element) {
    this.blurred = null;
    const others = this.trail.filter((visit) => visit && visit.element !== element);
    this.trail = [...others, { element, layer: element.closest(LAYERS), place: null }].slice(-REMEMBERED);
  }

  /** A window that goes to the back keeps its focus; a control that is taken away was not left. @param {FocusEvent} event */
  leave({ target, relatedTarget }) {
    if (relatedTarget || document.activeElement === target || !(target instanceof HTMLElement)) return;
    if (!isUsable(target)) this.check();
    else if (this.isAside) this.trail.push(null);
    else {
      this.blurred = target;
      this.check();
    }
  }

  /** Notes where the removed ones stood, while their neighbours are still there. @param {MutationRecord[]} records */
  onMutations(records) {
    for (const visit of this.trail) {
      const anchor = visit?.place ? visit.place.parent : visit?.element;
      if (visit && anchor && !anchor.isConnected)
        visit.place = placeOf(visit, anchor, records) ?? visit.place;
    }
    const active = document.activeElement;
    if (!active || active === document.body || records.some(({ type }) => type === "attributes"))
      this.check();
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
    if (!last || last.element.closest("[data-lifted]")) return;
    for (const candidate of this.candidates()) {
      candidate.focus({ preventScroll: true });
      if (document.activeElement === candidate) return;
    }
  }

  /** @returns {Generator<HTMLElement>} */
  *candidates() {
    const closed = new Set();
    for (const visit of this.trail.toReversed()) {
      if (!visit || closed.has(visit.layer)) continue;
      yield* this.near(visit);
      if (visit.layer === null) break;
      closed.add(visit.layer);
    }
    const board = document.getElementById("board");
    if (board && isUsable(board)) yield board;
  }

  /** @param {NonNullable<Visit>} visit @returns {Generator<HTMLElement>} */
  *near({ element, layer, place }) {
    if (element !== this.blurred && isUsable(element)) yield element;
    const same = sameAs(element);
    if (same && isUsable(same)) yield same;
    if (place) yield* around(place, layer);
    else if (element === this.blurred) yield* outward(element.parentElement);
    else {
      const standing = placeNow(element);
      if (standing) yield* around(standing, layer);
    }
  }
}

function hasFocus() {
  const active = document.activeElement;
  return (
    active !== null && active !== document.body && active !== document.documentElement && isUsable(active)
  );
}

/** Whether an element can have focus now: seen, enabled, and not behind an open dialog. @param {Element} element */
function isUsable(element) {
  if (!element.isConnected || element.matches(":disabled") || element.closest("[inert]")) return false;
  const top = [...document.querySelectorAll("dialog[open]")].at(-1);
  return (!top || top.contains(element)) && element.checkVisibility({ visibilityProperty: true });
}

/** The same card, grip or field where it has been drawn anew. @param {HTMLElement} element @returns {HTMLElement|null} */
function sameAs({ id, dataset: { task, grip } }) {
  const selectors = [];
  if (task) selectors.push(`[data-task="${CSS.escape(task)}"]`);
  if (grip) selectors.push(`[data-grip="${CSS.escape(grip)}"]`);
  if (id) selectors.push(`#${CSS.escape(id)}`);
  return selectors.length ? document.querySelector(selectors.join(", ")) : null;
}

/**
 * Where what holds the anchor was taken out.
 *
 * @param {NonNullable<Visit>} visit @param {Node} anchor @param {MutationRecord[]} records
 * @returns {Place|null}
 */
function placeOf({ element, place }, anchor, records) {
  const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
  for (const { removedNodes, target: parent, nextSibling: next, previousSibling: previous } of records) {
    const root = [...removedNodes].find((node) => node.contains(anchor));
    if (!root) continue;
    const like = place?.like ?? likeness(element, root);
    /** @param {Node} node */
    const isBeside = (node) =>
      [node, node.nextSibling].includes(next) || [node, node.previousSibling].includes(previous);
    const fresh = added.filter((node) => node.parentNode === parent && isBeside(node));
    return { parent, next, previous, like, fresh };
  }
  return null;
}

/** The place of one that is still there and can't be used. @param {Element} element @returns {Place|null} */
function placeNow({ parentElement: parent, nextSibling: next, previousSibling: previous }) {
  return parent && { parent, next, previous, like: null, fresh: [] };
}

/** What in a row or card corresponds to this element of another one: a selector, and the how manyth. @param {Element} element @param {Node} root what was taken out with it @returns {Likeness} */
function likeness(element, root) {
  const classes = [...element.classList].map((name) => `.${CSS.escape(name)}`).join("");
  const selector = element.matches("[data-task]") ? "[data-task]" : classes || element.localName;
  const alike = root instanceof Element ? [...root.querySelectorAll(selector)] : [];
  return { selector, index: Math.max(0, alike.indexOf(element)) };
}

/**
 * What replaced it, then what follows, what precedes, and what is around, up to the layer it was in.
 *
 * @param {Place} place @param {Element|null} layer
 * @returns {Generator<HTMLElement>}
 */
function* around({ parent, next, previous, like, fresh }, layer) {
  for (const node of fresh) yield* within(node, { like, layer });
  /** @param {Node|null} node */
  const stillThere = (node) => (node?.parentNode === parent ? node : null);
  let [after, before] = [stillThere(next), stillThere(previous)];
  let above = parent instanceof HTMLElement ? parent : null;
  while (above && above !== document.body) {
    for (let node = after; node; node = node.nextSibling) yield* within(node, { like, layer });
    for (let node = before; node; node = node.previousSibling)
      yield* within(node, { like, layer, isBackwards: true });
    if (above.matches(CONTROLS) && isUsable(above)) yield above;
    if (above === layer) return;
    [after, before, above] = [above.nextSibling, above.previousSibling, above.parentElement];
  }
}

/**
 * The controls of a part of the page, its own like first; not the links in what people wrote.
 *
 * @param {Node} node @param {{like: Likeness|null, layer: Element|null, isBackwards?: boolean}} wanted
 * @returns {Generator<HTMLElement>}
 */
function* within(node, { like, layer, isBackwards = false }) {
  if (!(node instanceof HTMLElement)) return;
  /** @param {HTMLElement} element */
  const fits = (element) =>
    element.closest(LAYERS) === layer && !element.closest(".prose") && isUsable(element);
  const [wanted] = allWithin(node, "[autofocus]").filter(fits);
  if (wanted) yield wanted;
  const alike = like && (node.matches(like.selector) ? node : allWithin(node, like.selector)[like.index]);
  if (alike?.matches(CONTROLS) && fits(alike)) yield alike;
  if (node.matches(CONTROLS) && fits(node)) yield node;
  const controls = allWithin(node, CONTROLS).filter(fits);
  const nearest = isBackwards ? controls.at(-1) : controls[0];
  if (nearest) yield nearest;
}

/** @param {Element} element @param {string} selector @returns {HTMLElement[]} */
function allWithin(element, selector) {
  return [...element.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/** @param {HTMLElement|null} element @returns {Generator<HTMLElement>} */
function* outward(element) {
  for (let one = element; one; one = one.parentElement)
    if (one.matches("[tabindex]") && isUsable(one)) yield one;
}
