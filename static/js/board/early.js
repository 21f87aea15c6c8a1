/** Asks for the board before the modules that show it have arrived. A plain script: it waits for nothing. */
const firstAnswer = { date: /** @type {string|null} */ (null), askedAt: Date.now(), heardAt: 0 };
// biome-ignore lint/correctness/noUnusedVariables: main.js reads it, as a global
const firstSnapshot = fetchFirst(document.currentScript?.dataset ?? {}).catch(() => null);

/** @param {DOMStringMap} script @returns {Promise<import("./types.js").Snapshot|null>} */
async function fetchFirst({ snapshot = "", token }) {
  /** @type {Record<string, string>} */
  const credentials = token ? { Authorization: `Bearer ${token}` } : {};
  const headers = { Accept: "application/json", ...credentials };
  const answer = await fetch(snapshot, { headers, cache: "no-store", priority: "high" });
  Object.assign(firstAnswer, { date: answer.headers.get("Date"), heardAt: Date.now() });
  return answer.ok ? { ...(await answer.json()), mutation: answer.headers.get("Board-Mutation") } : null;
}

/** A module that doesn't arrive would leave the page waiting without a word. */
const unloadable = document.currentScript?.dataset.unloadable ?? "";
addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || target.type !== "module") return;
    const place = document.querySelector("[data-waiting]");
    /** @type {HTMLButtonElement|null} */
    const retry = document.querySelector("[data-retry]");
    if (!place || !retry) return;
    place.textContent = unloadable;
    place.parentElement?.classList.remove("visually-hidden");
    retry.hidden = false;
    retry.addEventListener("click", () => location.reload());
  },
  { capture: true },
);
