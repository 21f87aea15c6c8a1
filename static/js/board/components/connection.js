import { html } from "htm/preact";
import { signInAddress } from "../address.js";
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
    return html`<a class="connection connection--offline" href=${signInAddress(signIn)} onClick=${leadBack(signIn)} translate=${false}
      title="Sign in again to send what is waiting">${inside}</a>`;
  }
  return html`<span class=${`connection connection--${state}`} role="status" translate=${false} aria-label=${text}
    title=${text}>${inside}</span>`;
}

/** The same above a dialog, where the bar is hidden: only what a person has to know. */
export function Standing() {
  const { session, signIn } = useBoard();
  const { state, unsent } = session.connection.value;
  if (state === "live" && unsent === 0) return null;
  const [word, icon] = WORDS[state];
  const text = unsent ? `${word}: ${unsent} ${unsent === 1 ? "change" : "changes"} not yet sent` : word;
  return html`<p class="standing" translate=${false}><${Icon} name=${icon} small=${true} /><span>${text}</span>
    ${
      state === "signed-out" &&
      html`<a href=${signInAddress(signIn)} onClick=${leadBack(signIn)}>Sign in again</a>`
    }</p>`;
}

/** What is open may be another card by the time somebody follows the link. */
function leadBack(signIn) {
  return (event) => (event.currentTarget.href = signInAddress(signIn));
}
