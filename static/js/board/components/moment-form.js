import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { fromInputs, toInputs } from "../dates.js";
import { showMoment } from "../past.js";
import { serverTime } from "../server-time.js";

/** Chooses a day and a time to see the board at. */
export function MomentForm() {
  const board = useBoard();
  const now = toInputs(serverTime.stamp());
  const show = (event) => {
    event.preventDefault();
    const { date, time } = Object.fromEntries(new FormData(event.target));
    const at = fromInputs(date, time);
    if (at) showMoment(board, { at });
  };
  return html`<form class="moment-form" onSubmit=${show} aria-label="See the board as it was">
    <span class="moment-form__title">See the board as it was</span>
    <input class="input" type="date" name="date" aria-label="Day" required max=${now.date} value=${now.date} />
    <input class="input" type="time" name="time" aria-label="Time" required value=${now.time} />
    <button type="submit" class="button button--small">Show</button>
  </form>`;
}
