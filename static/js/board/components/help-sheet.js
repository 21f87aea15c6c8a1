import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { SHORTCUTS } from "../keyboard.js";

/** List what the keyboard can do for this person. */
export function HelpSheet() {
  const board = useBoard();
  return html`<dl class="shortcuts">
    ${SHORTCUTS.filter(([isFor]) => isFor(board)).map(
      ([, what, ...ways]) => html`<div class="shortcuts__row">
        <dt>${what}</dt>
        <dd>${ways.map((keys) => html`<span class="row">${keys.map((key) => html`<kbd>${key}</kbd>`)}</span>`)}</dd>
      </div>`,
    )}
  </dl>
  ${
    board.screen.canEdit.value &&
    html`<p class="muted">${t(
      "With a mouse, drag cards and columns. With a finger, hold a card for a moment, then drag.",
    )}</p>`
  }`;
}
