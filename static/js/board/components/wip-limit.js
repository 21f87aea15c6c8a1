import { html } from "htm/preact";
import { formValues } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";

/**
 * Set how many cards a column should hold at most; empty means any number.
 *
 * @param {{column: import("../types.js").Column, onDone: () => void}} props
 */
export function WipLimit({ column, onDone }) {
  const { session } = useBoard();
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { limit: text } = formValues(event);
    const limit = text === "" ? null : Number(text);
    if (limit !== column.wip_limit) session.commands.setWipLimit(column.id, limit);
    onDone();
  };
  return html`<form class="menu__form" onSubmit=${save}>
    <label class="grow" for=${`wip-${column.id}`}>${t("Work in progress limit")}</label>
    <input class="input input--count" id=${`wip-${column.id}`} name="limit" type="number" min="1" max="10000"
      inputmode="numeric" placeholder=${t("none")} value=${column.wip_limit ?? ""} />
    <button class="button button--small" type="submit">${t("Set")}</button>
  </form>`;
}
