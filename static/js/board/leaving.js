/** Leaving with changes that the server has not seen: they are kept, but somebody should know. */

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
      if (!(form instanceof HTMLFormElement) || !form.matches("[data-sign-out]") || !session.hasUnsent()) return;
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
  const [many, stay] =
    unsent === 1
      ? ["1 change is not yet sent", "it stays in this browser and is"]
      : [`${unsent} changes are not yet sent`, "they stay in this browser and are"];
  const text = `${many}. If you sign out now, ${stay} sent the next time you sign in here.`;
  return { title: "Sign out with unsent changes?", text, yes: "Sign out now", other: "Wait, then sign out" };
}

/** @param {BoardState} board @param {HTMLFormElement} form */
function signOutWhenSent({ session, screen }, form) {
  const text = "You are signed out as soon as everything is sent";
  const stay = { label: "Stay signed in", run: () => stop() };
  screen.toast({ kind: "waiting", text, action: stay });
  let isLeaving = false;
  const stop = effect(() => {
    if (session.connection.value.unsent > 0 || isLeaving) return;
    isLeaving = true;
    form.submit();
  });
}
