import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { drafts } from "../drafts.js";

/** Mark the button of a field in which something has been typed and not sent. */
export function DraftBadge() {
  return html` <span class="badge">${t("Draft")}</span>`;
}

/**
 * Say that a field holds drafts and offer to discard them.
 *
 * @param {{of: string[], shown?: boolean, onDiscard?: () => void}} props `of`: the drafts' keys; not `shown`, it keeps its
 *   place
 */
export function DraftNote({ of: keys, shown = true, onDiscard = () => {} }) {
  const discard = useDiscard();
  const discardAll = () => {
    discard(...keys);
    onDiscard();
  };
  return html`<span class=${shown ? "draft-note" : "draft-note draft-note--idle"}><span
      class="badge">${t("Draft")}</span>
    <button type="button" class="link" onPointerDown=${keepFocus} onClick=${discardAll}>${t("Discard")}</button></span>`;
}

/**
 * Tell whether a field that saves on leaving has a note: not while somebody types, but for a draft that was found or put
 * back, or didn't fit. Once there it keeps its place, because what moves under the pointer isn't pressed.
 *
 * @param {boolean} dirty
 * @returns {[boolean, (isTyping: boolean) => void]}
 */
export function useNote(dirty) {
  const [isTyping, setTyping] = useState(false);
  const isThere = useRef(false);
  if (dirty && !isTyping) isThere.current = true;
  return [isThere.current, setTyping];
}

/** Return a function that discards drafts by their keys, and offers for a while to put them back. */
export function useDiscard() {
  const { screen } = useBoard();
  return (/** @type {string[]} */ ...keys) => {
    const putBack = drafts.discard(keys);
    if (!putBack) return;
    const action = { label: t("Put it back"), run: putBack };
    screen.toast({ text: t("What you had typed is discarded"), action });
  };
}

/** Keep the field from losing focus, which would save what is to be discarded. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}
