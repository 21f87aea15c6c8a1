import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { CardChunk } from "./card-chunk.js";

const CHUNK = 20;

/**
 * Draw the visible cards of a column, in chunks that are only drawn near the window.
 *
 * @param {{columnId: string, scroller: import("preact").RefObject<HTMLElement|null>}} props
 */
export function CardList({ columnId, scroller }) {
  const { session, screen } = useBoard();
  const ids = screen.visibleIds(columnId).value;
  const chunks = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  return html`<div role="list" class="cards" aria-labelledby=${`column-${columnId}`}>
      ${chunks.map(
        (chunk, index) => html`<${CardChunk} key=${index} ids=${chunk} columnId=${columnId}
        scroller=${scroller} first=${index === 0} />`,
      )}
    </div>
    <div class="cards__end" data-end>
      ${
        ids.length === 0 &&
        html`<p class="cards__empty">${
          session.taskIds(columnId).value.length ? t("No card matches the filter") : t("No cards")
        }</p>`
      }
    </div>`;
}
