import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useBoard } from "../context.js";

const LONGEST = 12;

/** The title of the dialog of a card that isn't there; an id in place of its number tells a person nothing. */
export function titleOfMissing(number) {
  if (number === undefined) return "This card isn't here any more";
  return number.length > LONGEST ? "This card isn't here" : `There is no card #${number} on this board`;
}

/** Said in place of a card that isn't on this board; one of another board is led to. */
export function MissingTask({ id, onClose }) {
  const { session } = useBoard();
  const elsewhere = useOtherBoard(session, id);
  const text = elsewhere
    ? "It is on another board of yours."
    : session.removerOf(id)
      ? `${session.removerOf(id).name} deleted it.`
      : "Somebody deleted it, or the address names a card of another board.";
  return html`<div class="modal__body stack">
    <p class="muted">${text}</p>
    <div class="row row--end">
      ${elsewhere && html`<a class="button" href=${elsewhere}>Open it there</a>`}
      <button type="button" class="button button--primary" autofocus onClick=${onClose}>Back to the board</button>
    </div>
  </div>`;
}

/** The address of a card on the board it is on, once that is known to be another one. */
function useOtherBoard(session, id) {
  const [address, setAddress] = useState(null);
  useEffect(() => {
    if (!id) return undefined;
    let isWanted = true;
    session.whereIs(id).then((board) => {
      const isOther = board && board !== session.board.peek().id;
      if (isWanted && isOther) setAddress(`${board}?task=${encodeURIComponent(id)}`);
    });
    return () => (isWanted = false);
  }, [id]);
  return address;
}
