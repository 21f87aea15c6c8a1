import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";

const LONGEST = 12;

/**
 * Return the title of the dialog of a card that isn't there; an id in place of its number tells a person nothing.
 *
 * @param {string} [number] as the address has it
 */
export function titleOfMissing(number) {
  if (number === undefined) return t("This card isn't here any more");
  return number.length > LONGEST
    ? t("This card isn't here")
    : t("There is no card #{number} on this board", { number });
}

/**
 * Explain that a card isn't on this board, with a link to the board it is on.
 *
 * @param {{id?: string, onClose: () => void}} props
 */
export function MissingTask({ id, onClose }) {
  const { session } = useBoard();
  const elsewhere = useOtherBoard(id);
  const remover = id === undefined ? null : session.removerOf(id);
  const text = elsewhere
    ? t("It is on another board of yours.")
    : remover
      ? t("{name} deleted it.", { name: remover.name })
      : t("Somebody deleted it, or the address names a card of another board.");
  return html`<div class="modal__body stack">
    <p class="muted">${text}</p>
    <div class="row row--end">
      ${elsewhere && html`<a class="button" href=${elsewhere}>${t("Open it there")}</a>`}
      <button type="button" class="button button--primary" autofocus onClick=${onClose}>${t("Back to the board")}</button>
    </div>
  </div>`;
}

/**
 * Return the address of a card on the board it is on, once that is known to be another one.
 *
 * @param {string|undefined} id
 * @returns {string|null}
 */
function useOtherBoard(id) {
  const { session } = useBoard();
  const [address, setAddress] = useState(/** @type {string|null} */ (null));
  useEffect(() => {
    if (!id) return undefined;
    let isWanted = true;
    session.whereIs(id).then((board) => {
      const isOther = board && board !== session.board.peek()?.id;
      if (isWanted && isOther) setAddress(`${board}?task=${encodeURIComponent(id)}`);
    });
    return () => {
      isWanted = false;
    };
  }, [id]);
  return address;
}
