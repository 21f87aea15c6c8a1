import { html } from "htm/preact";
import { formValues } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { fromInputs, toInputs } from "../dates.js";
import { showMoment } from "../past.js";
import { serverTime } from "../server-time.js";

/** Choose a day and a time to see the board at. */
export function MomentForm() {
  const board = useBoard();
  const now = toInputs(serverTime.stamp());
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { date, time } = formValues(event);
    const at = fromInputs(date, time);
    if (at) showMoment(board, { at });
  };
  return html`<form class="moment-form" onSubmit=${show} aria-label=${t("See the board as it was")}>
    <span class="moment-form__title">${t("See the board as it was")}</span>
    <input class="input" type="date" name="date" aria-label=${t("Day")} required max=${now.date} value=${now.date} />
    <input class="input" type="time" name="time" aria-label=${t("Time")} required value=${now.time} />
    <button type="submit" class="button button--small">${t("Show")}</button>
  </form>`;
}
