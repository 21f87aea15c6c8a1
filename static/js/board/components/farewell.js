import { html } from "htm/preact";

/** What is left of a board one may no longer see. */
export function Farewell({ home, reason }) {
  return html`<main class="fault" id="board">
    <h1>You can't see this board any more</h1>
    <p class="fault__detail">${reason || "Your access was removed while you had it open."}</p>
    <a class="button button--primary" href=${home}>Go to your boards</a>
  </main>`;
}
