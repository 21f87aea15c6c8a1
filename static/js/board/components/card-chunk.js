import { computed } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { printing } from "../printing.js";
import { Card } from "./card.js";
import { memo } from "./memo.js";
import { QuickAdd } from "./quick-add.js";

const NEAR = "900px 0px";
const GUESS = 84;

/** Twenty cards, or while they are far away an empty space of their height. */
export const CardChunk = memo(function CardChunk({ ids, columnId, scroller, first }) {
  const { screen } = useBoard();
  const [near, setNear] = useState(first);
  const place = useRef(null);
  const isWanted = (id) => id === screen.focused.value || id === screen.revealed.value;
  const holdsWanted = useMemo(() => computed(() => ids.some(isWanted)), [ids]);
  const adding = useMemo(() => computed(() => screen.canEdit.value && screen.adding.value?.before), []);
  useEffect(() => watch(place.current, scroller.current, setNear), []);
  if (!near && !holdsWanted.value && !printing.value) {
    const height = `${place.current?.offsetHeight || ids.length * GUESS}px`;
    return html`<div ref=${place} class="cards__chunk" style=${{ blockSize: height }}></div>`;
  }
  return html`<div ref=${place} class="cards__chunk" style=${{ blockSize: "" }}>
    ${ids.flatMap((id) => {
      const card = html`<${Card} key=${id} id=${id} />`;
      return adding.value === id ? [html`<${QuickAdd} key="add" columnId=${columnId} before=${id} />`, card] : [card];
    })}
  </div>`;
}, sameChunk);

function watch(element, root, setNear) {
  const observer = new IntersectionObserver((entries) => setNear(entries.at(-1).isIntersecting), {
    root,
    rootMargin: NEAR,
  });
  observer.observe(element);
  return () => observer.disconnect();
}

function sameChunk(before, after) {
  return before.ids.length === after.ids.length && before.ids.every((id, index) => id === after.ids[index]);
}
