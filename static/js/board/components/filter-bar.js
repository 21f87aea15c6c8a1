import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { focusFirst } from "../focus.js";
import { NO_FILTER } from "../filter.js";
import { FilterChoices } from "./filter-choices.js";
import { Icon } from "./icon.js";
import { Popover } from "./popover.js";

/** The filter: words at once, the rest in a panel. Enter and the down arrow lead to the first result. */
export function FilterBar() {
  const board = useBoard();
  const { screen } = board;
  const input = useRef(null);
  const { text, labels, members, due } = screen.filter.value;
  const chosen = labels.length + members.length + (due ? 1 : 0);
  const pressed = (event) => {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      focusFirst(board);
    }
    if (event.key !== "Escape") return;
    if (text) screen.setFilter({ text: "" });
    else input.current.blur();
  };
  return html`<search class="filter" aria-label="Filter cards">
    <label class="filter__box">
      <${Icon} name="search" small=${true} /><span class="visually-hidden">Filter by words or number</span>
      <input ref=${input} id="filter" class="filter__input" dir="auto" type="search" placeholder="Filter cards" value=${text}
        autocomplete="off"
        onInput=${(event) => screen.setFilter({ text: event.target.value })} onKeyDown=${pressed} />
      ${!text && html`<kbd aria-hidden="true">/</kbd>`}
    </label>
    <${Popover} label="Filter by label, member or due date" icon="filter"
      text=${chosen ? html`<span class="number">${chosen}</span>` : ""}
      kind=${`button button--quiet ${chosen ? "button--on" : "button--icon"}`}
      panel="menu menu--wide">${() => html`<${FilterChoices} />`}<//>
    ${
      screen.filtering.value &&
      html`<button type="button" class="button button--quiet button--small"
        onClick=${() => screen.setFilter(NO_FILTER)}>Clear</button>`
    }
  </search>`;
}
