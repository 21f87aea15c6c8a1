/** The progress and the report of an import, as partials/import_report.html draws them on the server. */

/**
 * An import as the API returns it. `came` and `known` count things by their kinds: what is new, what was there before.
 *
 * @typedef {{kind: string, name: string, reason: string, count: number}} Skipped
 * @typedef {{came?: Record<string, number>, known?: Record<string, number>, skipped: Skipped[]}} Report
 * @typedef {{id: string, status: "queued"|"running"|"done"|"failed", progress: number, board_id: string|null,
 *   error: string|null, report: Report}} ImportJob
 */

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {...(Node|string)} children
 */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** @param {HTMLElement} result @param {string} what @param {number} share 0 to 1 */
export function showProgress(result, what, share) {
  result.hidden = false;
  const bar = result.querySelector("progress");
  if (bar && result.dataset.showing === what) return void (bar.value = share);
  result.dataset.showing = what;
  const progress = make("progress", { className: "progress", max: 1, value: share, ariaLabel: what });
  result.replaceChildren(make("div", { className: "stack" }, make("h2", { textContent: `${what}…` }), progress));
}

/** @param {HTMLElement} result @param {string} text */
export function showProblem(result, text) {
  result.hidden = false;
  delete result.dataset.showing;
  result.replaceChildren(make("p", { className: "flash flash--error", role: "alert", textContent: text }));
}

/** @param {HTMLElement} result @param {ImportJob} job */
export function showReport(result, job) {
  if (job.status === "failed") return showProblem(result, job.error ?? "The import failed.");
  const open = make("a", {
    className: "button button--primary",
    href: `/boards/${job.board_id}`,
    textContent: "Open the board",
  });
  const head = make("div", { className: "row row--between" }, make("h2", { textContent: "The board is here" }), open);
  const parts = [
    head,
    counts(job.report.came, "badge--success", ""),
    counts(job.report.known, "", " there before"),
    ...skipped(job.report.skipped),
  ];
  delete result.dataset.showing;
  result.replaceChildren(make("div", { className: "stack" }, ...parts));
  return open.focus();
}

/** @param {Record<string, number>|undefined} numbers @param {string} kind of the badges @param {string} suffix */
function counts(numbers, kind, suffix) {
  const entries = Object.entries(numbers ?? {});
  return make(
    "p",
    { className: "row", hidden: entries.length === 0 },
    ...entries.map(([name, number]) => badge(`${number} ${name}${number === 1 ? "" : "s"}${suffix}`, kind)),
  );
}

/** @param {string} text @param {string} kind */
function badge(text, kind) {
  return make("span", { className: `badge ${kind}`, textContent: text });
}

/** @param {Skipped[]} lines @returns {HTMLElement[]} */
function skipped(lines) {
  if (!lines.length) return [];
  const titles = ["Kind", "Name", "Why"].map((title) => make("th", { scope: "col", textContent: title }));
  const rows = lines.map((line) => {
    const name = line.count > 1 ? `${line.name} (${line.count})` : line.name;
    const people = { className: "wraps", dir: "auto" };
    const kind = make("td", { textContent: line.kind });
    return make("tr", {}, kind, ...[name, line.reason].map((text) => make("td", { textContent: text, ...people })));
  });
  const head = make("thead", {}, make("tr", {}, ...titles));
  const table = make("table", { className: "table" }, head, make("tbody", {}, ...rows));
  return [
    make("h3", { textContent: "What came changed, or couldn't come" }),
    make("div", { className: "scroll-x" }, table),
  ];
}
