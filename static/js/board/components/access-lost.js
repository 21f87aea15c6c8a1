import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { copyText } from "../../lib/platform.js";

/**
 * Say that the person may no longer see the board, and show what they were writing on it.
 *
 * @param {{home: string, reason: string, written: string[]}} props
 */
export function AccessLost({ home, reason, written }) {
  return html`<main class="fault" id="board" tabindex="-1">
    <h1>${t("You can't see this board any more")}</h1>
    <p class="fault__detail">${reason || t("Your access was removed while you had it open.")}</p>
    ${written.map((text) => html`<${Written} text=${text} />`)}
    <a class="button button--primary" href=${home}>${t("Go to your boards")}</a>
  </main>`;
}

/** @param {{text: string}} props */
function Written({ text }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(text));
  return html`<label class="fault__written stack">${t("You were writing:")}
      <textarea class="input" dir="auto" readonly rows="4" value=${text}></textarea></label>
    <button type="button" class="button" onClick=${copy}>${copied ? t("Copied") : t("Copy")}</button>`;
}
