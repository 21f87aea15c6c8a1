import { html } from "htm/preact";
import { SHORTCUTS } from "../keyboard.js";

/** What the keyboard can do. */
export function HelpSheet() {
  return html`<dl class="shortcuts">
    ${SHORTCUTS.map(
      ([what, ...ways]) => html`<div class="shortcuts__row">
        <dt>${what}</dt>
        <dd>${ways.map((keys) => html`<span class="row">${keys.map((key) => html`<kbd>${key}</kbd>`)}</span>`)}</dd>
      </div>`,
    )}
  </dl>
  <p class="muted">With a mouse, drag cards and columns. With a finger, hold a card for a moment, then drag.</p>`;
}
