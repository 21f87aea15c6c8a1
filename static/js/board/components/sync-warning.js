import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** Warn while the board on the screen can't be brought up to date. */
export function SyncWarning() {
  const { session } = useBoard();
  const trouble = session.trouble.value;
  const [tried, setTried] = useState(/** @type {{text: string}|null} */ (null));
  useEffect(() => setTried(null), [trouble]);
  if (!trouble) return null;
  const retry = () => {
    setTried(trouble);
    session.tryAgain();
  };
  const text = t("This board can't be brought up to date. {reason}", { reason: trouble.text });
  return html`<p class="flash flash--warning trouble" role="alert">
    <${Icon} name="warning" /><span class="grow">${text}</span>
    <button type="button" class="button button--small"
      onClick=${retry}>${tried === trouble ? t("Trying again…") : t("Try again")}</button>
  </p>`;
}
