/** Leaving with changes that the server has not seen: they are kept, but somebody should know. */

import { t, tn } from "../lib/i18n.js";
import { effect } from "@preact/signals";

/** @import { BoardState } from "./context.js" */

/**
 * Asks before signing out, and before closing a tab that can't send what it keeps, or can't keep what it has to send.
 *
 * @param {BoardState} board
 */
export function guardSignOut({ session, screen }) {
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.matches("[data-sign-out]") || !session.hasUnsent())
        return;
      event.preventDefault();
      document.getElementById("account-menu")?.hidePopover?.();
      const answer = await screen.confirm(question(session.connection.peek().unsent));
      if (answer === "other") signOutWhenSent({ session, screen }, form);
      else if (answer) form.submit();
    },
    { capture: true },
  );

  addEventListener("beforeunload", (event) => {
    const isStuck = session.hasUnsent() && session.connection.peek().state === "signed-out";
    if (isStuck || session.hasUnkept()) event.preventDefault();
  });
}

/** @param {number} unsent */
function question(unsent) {
  const text = tn(
    "{count} change is not yet sent. If you sign out now, it stays in this browser and is sent the next time you sign in here.",
    "{count} changes are not yet sent. If you sign out now, they stay in this browser and are sent the next time you sign in here.",
    unsent,
  );
  const title = t("Sign out with unsent changes?");
  return { title, text, yes: t("Sign out now"), other: t("Wait, then sign out") };
}

/** @param {BoardState} board @param {HTMLFormElement} form */
function signOutWhenSent({ session, screen }, form) {
  const text = t("You are signed out as soon as everything is sent");
  const stay = { label: t("Stay signed in"), run: () => stop() };
  screen.toast({ kind: "waiting", text, action: stay });
  let isLeaving = false;
  const stop = effect(() => {
    if (session.connection.value.unsent > 0 || isLeaving) return;
    isLeaving = true;
    form.submit();
  });
}
