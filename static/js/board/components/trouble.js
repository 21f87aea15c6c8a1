import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** Said while the board on the screen can't be brought up to date. */
export function Trouble() {
  const { session } = useBoard();
  const trouble = session.trouble.value;
  const [tried, setTried] = useState(null);
  useEffect(() => setTried(null), [trouble]);
  if (!trouble) return null;
  const again = () => {
    setTried(trouble);
    session.tryAgain();
  };
  return html`<p class="flash flash--warning trouble" role="alert">
    <${Icon} name="warning" /><span class="grow">This board can't be brought up to date. ${trouble.text}</span>
    <button type="button" class="button button--small"
      onClick=${again}>${tried === trouble ? "Trying again…" : "Try again"}</button>
  </p>`;
}
