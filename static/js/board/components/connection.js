import { html } from "htm/preact";
import { t, tn } from "../../lib/i18n.js";
import { signInAddress } from "../address.js";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** @import { Connection as State } from "../types.js" */

/** @type {Record<State["state"], [word: string, icon: string]>} */
const WORDS = {
  live: [t("Live"), "bolt"],
  connecting: [t("Connecting"), "sync"],
  reconnecting: [t("Reconnecting"), "sync"],
  offline: [t("Offline"), "offline"],
  "signed-out": [t("Signed out"), "key"],
};

/** @param {State} connection */
function describe({ state, unsent }) {
  const [word] = WORDS[state];
  if (!unsent) return word;
  return tn("{state}: {count} change not yet sent", "{state}: {count} changes not yet sent", unsent, {
    state: word,
  });
}

/**
 * Show the state of the connection with the server, and how many changes it has not seen yet. Never hidden.
 *
 * @param {{signIn: string}} props
 */
export function Connection({ signIn }) {
  const connection = useBoard().session.connection.value;
  const { state, unsent } = connection;
  const [word, icon] = WORDS[state];
  const text = describe(connection);
  const shown = unsent && state === "live" ? t("Saving") : word;
  const inside = html`<${Icon} name=${icon} small=${true} /><span class="connection__word">${shown}</span>
    ${
      unsent > 0 &&
      html`<span class="connection__unsent number">${unsent}<span
        class="connection__long"> ${t("not yet sent")}</span></span>`
    }`;
  if (state === "signed-out") {
    return html`<a class="connection connection--offline" href=${signInAddress(signIn)} onClick=${updateLink(signIn)}
      translate=${false} title=${t("Sign in again to send what is waiting")}>${inside}</a>`;
  }
  return html`<span class=${`connection connection--${state}`} role="status" translate=${false} aria-label=${text}
    title=${text}>${inside}</span>`;
}

/** Show the state of the connection above a dialog, where the bar is hidden, when a person has to know it. */
export function DialogConnection() {
  const { session, signIn } = useBoard();
  const connection = session.connection.value;
  const { state, unsent } = connection;
  if (state === "live" && unsent === 0) return null;
  return html`<p class="standing" translate=${false}><${Icon} name=${WORDS[state][1]} small=${true} /><span>${describe(
    connection,
  )}</span>
    ${
      state === "signed-out" &&
      html`<a href=${signInAddress(signIn)} onClick=${updateLink(signIn)}>${t("Sign in again")}</a>`
    }</p>`;
}

/** Make a link lead back to what is open when somebody follows it. @param {string} signIn */
function updateLink(signIn) {
  return (/** @type {import("preact").TargetedMouseEvent<HTMLAnchorElement>} */ event) => {
    event.currentTarget.href = signInAddress(signIn);
  };
}
