import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { announce } from "../announce.js";
import { BoardContext, useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { leaveMoment, showMoment } from "../past.js";
import { Board } from "./board.js";
import { Icon } from "./icon.js";
import { PastCard } from "./past-card.js";
import { useShownBoard } from "./use-shown-board.js";

/** @import { Past } from "../screen.js" */

/**
 * Draw the board at a moment: a banner that says so, and nothing that can be changed.
 *
 * @param {{past: Past}} props
 */
export function PastBoard({ past }) {
  return html`<div class="past">
    <${Banner} past=${past} />
    <${BoardContext.Provider} value=${past.board}>
      <${Board} key=${past.seq} />
      <${PastCard} />
    <//>
  </div>`;
}

/** @param {{past: Past}} props */
function Banner({ past: { seq, change } }) {
  const board = useBoard();
  const { seq: latest } = useShownBoard();
  /** @type {import("preact").RefObject<HTMLButtonElement|null>} */
  const back = useRef(null);
  const when = change
    ? t("The board as it was on {date}", { date: fullDate(change.at) })
    : t("The board as it was at change {seq}", { seq: `${seq}` });
  useEffect(() => {
    announce(t("{board}. Read-only.", { board: when }));
    if (!document.activeElement?.closest(".past__bar")) back.current?.focus();
  }, [seq]);
  const step = (/** @type {number} */ to) => () => showMoment(board, { seq: to });
  const button = "button button--small button--icon";
  const [earlier, later] = [t("One change earlier"), t("One change later")];
  return html`<section class="past__bar" aria-label=${t("The board as it was")}>
    <${Icon} name="clock" />
    <p class="past__text"><b>${when}</b>
      <small title=${change ? t("Read-only. {name} {action}", { name: change.actor_name, action: change.text }) : ""}>${t(
        "Read-only.",
      )} ${change && html`<bdi>${change.actor_name}</bdi> <bdi>${change.text}</bdi>`}</small></p>
    <span class="row past__steps">
      <button type="button" class=${button} aria-label=${earlier} title=${earlier} disabled=${seq <= 1}
        onClick=${step(seq - 1)}><${Icon} name="left" small=${true} /></button>
      <button type="button" class=${button} aria-label=${later} title=${later} disabled=${seq >= latest}
        onClick=${step(seq + 1)}><${Icon} name="right" small=${true} /></button>
      <button ref=${back} type="button" class="button button--small button--primary"
        onClick=${() => leaveMoment(board)}>${t("Back to now")}</button>
    </span>
  </section>`;
}
