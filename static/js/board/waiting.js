/** In place of the cards until the first snapshot is there: what it waits for, and what a person can do. */
import { t } from "../lib/i18n.js";
import { effect } from "@preact/signals";
import { signInAddress } from "./address.js";

/** @type {Partial<Record<import("./types.js").Connection["state"], string>>} */
const WORDS = {
  offline: t("You are offline. The board opens as soon as you are back."),
  reconnecting: t("The server can't be reached. Trying again…"),
  "signed-out": t("You are signed out. Sign in again to open the board."),
};

/**
 * Says in the page how the opening goes; returns a function that stops.
 *
 * @param {HTMLElement} root the page as the server drew it @param {import("./types.js").Session} session
 * @param {string} signIn the address of the page to sign in at
 */
export function sayWhyWaiting(root, session, signIn) {
  /** @type {HTMLElement|null} */
  const place = root.querySelector("[data-waiting]");
  /** @type {HTMLButtonElement|null} */
  const retry = root.querySelector("[data-retry]");
  /** @type {HTMLAnchorElement|null} */
  const link = root.querySelector("[data-sign-in]");
  if (!place || !retry || !link) throw new TypeError("the page says nowhere what it waits for");
  retry.addEventListener("click", () => {
    place.textContent = t("Trying again…");
    session.tryAgain();
  });
  return effect(() => {
    const { state } = session.connection.value;
    const trouble = session.trouble.value;
    const isOut = state === "signed-out";
    const text =
      trouble && state !== "offline" && !isOut
        ? t("The board can't be opened. {why}", { why: trouble.text })
        : WORDS[state];
    if (!text) return;
    place.textContent = text;
    place.parentElement?.classList.remove("visually-hidden");
    retry.hidden = isOut;
    link.hidden = !isOut;
    link.href = signInAddress(signIn);
  });
}
