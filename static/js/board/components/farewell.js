import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { copyText } from "../../lib/platform.js";

/** What is left of a board one may no longer see, and what one was writing on it. */
export function Farewell({ home, reason, written }) {
  return html`<main class="fault" id="board" tabindex="-1">
    <h1>You can't see this board any more</h1>
    <p class="fault__detail">${reason || "Your access was removed while you had it open."}</p>
    ${written.map((text) => html`<${Written} text=${text} />`)}
    <a class="button button--primary" href=${home}>Go to your boards</a>
  </main>`;
}

function Written({ text }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(text));
  return html`<label class="fault__written stack">You were writing:
      <textarea class="input" dir="auto" readonly rows="4" value=${text}></textarea></label>
    <button type="button" class="button" onClick=${copy}>${copied ? "Copied" : "Copy"}</button>`;
}
