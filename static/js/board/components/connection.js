import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

const WORDS = {
  live: ["Live", "bolt"],
  connecting: ["Connecting", "sync"],
  reconnecting: ["Reconnecting", "sync"],
  offline: ["Offline", "offline"],
  "signed-out": ["Signed out", "key"],
};

/** How things stand with the server, and how many changes it has not seen yet. Never hidden. */
export function Connection({ signIn }) {
  const { state, unsent } = useBoard().session.connection.value;
  const [word, icon] = WORDS[state];
  const text = unsent ? `${word}: ${unsent} ${unsent === 1 ? "change" : "changes"} not yet sent` : word;
  const shown = unsent && state === "live" ? "Saving" : word;
  const inside = html`<${Icon} name=${icon} small=${true} /><span class="connection__word">${shown}</span>
    ${unsent > 0 && html`<span class="connection__unsent number">${unsent}<span
      class="connection__long"> not yet sent</span></span>`}`;
  if (state === "signed-out") {
    return html`<a class="connection connection--offline" href=${signIn} translate=${false}
      title="Sign in again to send what is waiting">${inside}</a>`;
  }
  return html`<span class=${`connection connection--${state}`} role="status" translate=${false} aria-label=${text}
    title=${text}>${inside}</span>`;
}
