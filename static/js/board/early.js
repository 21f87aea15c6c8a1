/** Asks for the board before the modules that show it have arrived. A plain script: it waits for nothing. */
globalThis.firstAnswer = { askedAt: Date.now() };
globalThis.firstSnapshot = fetch(document.currentScript.dataset.snapshot, {
  headers: {
    Accept: "application/json",
    ...(document.currentScript.dataset.token && { Authorization: `Bearer ${document.currentScript.dataset.token}` }),
  },
  cache: "no-store",
  priority: "high",
})
  .then((answer) => {
    Object.assign(globalThis.firstAnswer, { date: answer.headers.get("Date"), heardAt: Date.now() });
    return answer;
  })
  .then(async (answer) => (answer.ok ? { ...(await answer.json()), mutation: answer.headers.get("Board-Mutation") } : null))
  .catch(() => null);

/** A module that doesn't arrive would leave the page waiting without a word. */
addEventListener(
  "error",
  ({ target }) => {
    if (target?.type !== "module") return;
    const [place, retry] = ["waiting", "retry"].map((name) => document.querySelector(`[data-${name}]`));
    if (!place) return;
    place.textContent = "This page could not be loaded whole.";
    place.parentElement.classList.remove("visually-hidden");
    retry.hidden = false;
    retry.addEventListener("click", () => location.reload());
  },
  { capture: true },
);
