import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { drafts } from "../drafts.js";

/** On the button of a box in which something has been typed and not sent. */
export function DraftMark() {
  return html` <span class="badge">Draft</span>`;
}

/** In a box that holds drafts, `of` these keys: says so and offers to discard them. Not `shown`, it keeps its place. */
export function DraftNote({ of: keys, shown = true, onDiscard = () => {} }) {
  const discard = useDiscard();
  const discardAll = () => {
    discard(...keys);
    onDiscard();
  };
  return html`<span class=${shown ? "draft-note" : "draft-note draft-note--idle"}><span class="badge">Draft</span>
    <button type="button" class="link" onPointerDown=${keepFocus} onClick=${discardAll}>Discard</button></span>`;
}

/**
 * Whether a box that saves on leaving has a note: not while somebody types, but for a draft that was found or put back,
 * or didn't fit. Once there it keeps its place, because what moves under the pointer isn't pressed.
 *
 * @returns {[boolean, (isTyping: boolean) => void]}
 */
export function useNote(dirty) {
  const [isTyping, setTyping] = useState(false);
  const isThere = useRef(false);
  if (dirty && !isTyping) isThere.current = true;
  return [isThere.current, setTyping];
}

/** Forgets drafts by their keys, and offers for a while to put them back. */
export function useDiscard() {
  const { screen } = useBoard();
  return (...keys) => {
    const putBack = drafts.discard(keys);
    const action = { label: "Put it back", run: putBack };
    if (putBack) screen.toast({ text: "What you had typed is discarded", action });
  };
}

/** Leaving the box would save what is to be discarded. */
function keepFocus(event) {
  event.preventDefault();
}
