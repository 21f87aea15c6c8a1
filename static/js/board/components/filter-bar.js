import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { NO_FILTER } from "../filter.js";
import { focusFirst } from "../focus.js";
import { FilterChoices } from "./filter-choices.js";
import { Icon } from "./icon.js";
import { Popover } from "./popover.js";

/** Filter the cards: by words at once, by the rest in a panel. Enter and the down arrow lead to the first result. */
export function FilterBar() {
  const board = useBoard();
  const { screen } = board;
  /** @type {import("preact").RefObject<HTMLInputElement|null>} */
  const input = useRef(null);
  const { text, labels, members, due } = screen.filter.value;
  const chosen = labels.length + members.length + (due ? 1 : 0);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      focusFirst(board);
    }
    if (event.key !== "Escape") return;
    if (text) screen.setFilter({ text: "" });
    else input.current?.blur();
  };
  return html`<search class="filter" aria-label=${t("Filter cards")}>
    <label class="filter__box">
      <${Icon} name="search" small=${true} /><span class="visually-hidden">${t("Filter by words or number")}</span>
      <input ref=${input} id="filter" class="filter__input" dir="auto" type="search" placeholder=${t("Filter cards")}
        value=${text} autocomplete="off"
        onInput=${withValue((typed) => screen.setFilter({ text: typed }))} onKeyDown=${pressed} />
      ${!text && html`<kbd aria-hidden="true">/</kbd>`}
    </label>
    <${Popover} label=${t("Filter by label, member or due date")} icon="filter"
      text=${chosen ? html`<span class="number">${chosen}</span>` : ""}
      kind=${`button button--quiet ${chosen ? "button--on" : "button--icon"}`}
      panel="menu menu--wide">${() => html`<${FilterChoices} />`}<//>
    ${
      screen.filtering.value &&
      html`<button type="button" class="button button--quiet button--small"
        onClick=${() => screen.setFilter(NO_FILTER)}>${t("Clear")}</button>`
    }
  </search>`;
}
