import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../announce.js";
import { BoardContext, useBoard } from "../context.js";
import { fullDate } from "../dates.js";
import { leaveMoment, showMoment } from "../past.js";
import { Board } from "./board.js";
import { Icon } from "./icon.js";
import { PastCard } from "./past-card.js";

/** The board at a moment: a banner that says so, and nothing that can be changed. */
export function PastBoard({ past }) {
  return html`<div class="past">
    <${Banner} past=${past} />
    <${BoardContext.Provider} value=${past.board}>
      <${Board} key=${past.seq} />
      <${PastCard} />
    <//>
  </div>`;
}

function Banner({ past }) {
  const board = useBoard();
  const back = useRef(null);
  const { seq, change } = past;
  const when = change ? `as it was on ${fullDate(change.at)}` : `as it was at change ${seq}`;
  useEffect(() => {
    announce(`The board ${when}. Read-only.`);
    if (!document.activeElement?.closest(".past__bar")) back.current.focus();
  }, [seq]);
  const step = (to) => () => showMoment(board, { seq: to });
  const button = "button button--small button--icon";
  return html`<section class="past__bar" aria-label="The board as it was">
    <${Icon} name="clock" />
    <p class="past__text"><b>The board ${when}</b>
      <small title=${change ? `Read-only. ${change.actor_name} ${change.text}` : ""}>Read-only. ${change && html`<bdi>${change.actor_name}</bdi> <bdi>${change.text}</bdi>`}</small></p>
    <span class="row past__steps">
      <button type="button" class=${button} aria-label="One change earlier" title="One change earlier" disabled=${seq <= 1}
        onClick=${step(seq - 1)}><${Icon} name="left" small=${true} /></button>
      <button type="button" class=${button} aria-label="One change later" title="One change later"
        disabled=${seq >= board.session.board.value.seq} onClick=${step(seq + 1)}><${Icon} name="right"
        small=${true} /></button>
      <button ref=${back} type="button" class="button button--small button--primary"
        onClick=${() => leaveMoment(board)}>Back to now</button>
    </span>
  </section>`;
}
