import { computed } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { printing } from "../printing.js";
import { Card } from "./card.js";
import { memo } from "./memo.js";
import { QuickAdd } from "./quick-add.js";

/** @import { RefObject } from "preact" */

/** @typedef {{ids: string[], columnId: string, scroller: RefObject<HTMLElement|null>, first: boolean}} Props */

const NEAR = "900px 0px";
const ESTIMATED_HEIGHT = 84;

/** Draw some cards of a column, or while they are far from the window an empty space of their height. */
export const CardChunk = memo(Chunk, isSameChunk);

/** @param {Props} props `scroller`: the element that the column's cards scroll in */
function Chunk({ ids, columnId, scroller, first }) {
  const { screen } = useBoard();
  const [near, setNear] = useState(first);
  /** @type {RefObject<HTMLElement|null>} */
  const place = useRef(null);
  const isWanted = (/** @type {string} */ id) => id === screen.focused.value || id === screen.revealed.value;
  const holdsWanted = useMemo(() => computed(() => ids.some(isWanted)), [ids]);
  const adding = useMemo(() => computed(() => screen.canEdit.value && screen.adding.value?.before), []);
  useEffect(() => watch(place.current, scroller.current, setNear), []);
  if (!near && !holdsWanted.value && !printing.value) {
    const height = `${place.current?.offsetHeight || ids.length * ESTIMATED_HEIGHT}px`;
    return html`<div ref=${place} class="cards__chunk" style=${{ blockSize: height }}></div>`;
  }
  return html`<div ref=${place} class="cards__chunk" style=${{ blockSize: "" }}>
    ${ids.flatMap((id) => {
      const card = html`<${Card} key=${id} id=${id} />`;
      return adding.value === id
        ? [html`<${QuickAdd} key="add" columnId=${columnId} before=${id} />`, card]
        : [card];
    })}
  </div>`;
}

/**
 * Report whether an element is near what a scroller shows, now and whenever that changes.
 *
 * @param {HTMLElement|null} element
 * @param {HTMLElement|null} root
 * @param {(isNear: boolean) => void} report
 * @returns {() => void} stops
 */
function watch(element, root, report) {
  const options = { root, rootMargin: NEAR };
  const observer = new IntersectionObserver(
    (entries) => report(entries.at(-1)?.isIntersecting ?? false),
    options,
  );
  if (element) observer.observe(element);
  return () => observer.disconnect();
}

/** @param {Props} before @param {Props} after */
function isSameChunk(before, after) {
  return before.ids.length === after.ids.length && before.ids.every((id, index) => id === after.ids[index]);
}
