/** Leaving with changes that the server has not seen: they are kept, but somebody should know. */

/** Asks before signing out, and before closing a tab that can't send what it keeps. */
export function guardSignOut({ session, screen }) {
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!form.matches("[data-sign-out]") || !session.hasUnsent()) return;
      event.preventDefault();
      document.querySelector("#account-menu")?.hidePopover?.();
      const title = "Sign out with unsent changes?";
      const text = "They stay in this browser and are sent the next time you sign in here.";
      if (await screen.confirm({ title, text, yes: "Sign out" })) form.submit();
    },
    { capture: true },
  );

  addEventListener("beforeunload", (event) => {
    if (session.hasUnsent() && session.connection.peek().state === "signed-out") event.preventDefault();
  });
}
