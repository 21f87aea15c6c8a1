/** Draws how an import goes and what it brought, as partials/import_report.html does on the server. */

function draw(tag, { className, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** @param {number} share 0 to 1 */
export function showProgress(result, what, share) {
  result.hidden = false;
  const bar = result.querySelector("progress");
  if (bar && result.dataset.showing === what) return void (bar.value = share);
  result.dataset.showing = what;
  const progress = draw("progress", { className: "progress", max: 1, value: share, ariaLabel: what });
  result.replaceChildren(draw("div", { className: "stack" }, draw("h2", { textContent: `${what}…` }), progress));
}

export function showProblem(result, text) {
  result.hidden = false;
  delete result.dataset.showing;
  result.replaceChildren(draw("p", { className: "flash flash--error", role: "alert", textContent: text }));
}

export function showReport(result, job) {
  if (job.status === "failed") return showProblem(result, job.error ?? "The import failed.");
  const open = draw("a", {
    className: "button button--primary",
    href: `/boards/${job.board_id}`,
    textContent: "Open the board",
  });
  const head = draw("div", { className: "row row--between" }, draw("h2", { textContent: "The board is here" }), open);
  const parts = [
    head,
    counts(job.report.came, "badge--success", ""),
    counts(job.report.known, "", " there before"),
    ...skipped(job.report.skipped),
  ];
  delete result.dataset.showing;
  result.replaceChildren(draw("div", { className: "stack" }, ...parts));
  return open.focus();
}

function counts(numbers, kind, suffix) {
  const entries = Object.entries(numbers ?? {});
  return draw(
    "p",
    { className: "row", hidden: entries.length === 0 },
    ...entries.map(([name, number]) => badge(`${number} ${name}${number === 1 ? "" : "s"}${suffix}`, kind)),
  );
}

function badge(text, kind) {
  return draw("span", { className: `badge ${kind}`, textContent: text });
}

function skipped(lines) {
  if (!lines.length) return [];
  const titles = draw(
    "tr",
    {},
    ...["Kind", "Name", "Why"].map((title) => draw("th", { scope: "col", textContent: title })),
  );
  const rows = lines.map((line) => {
    const name = line.count > 1 ? `${line.name} (${line.count})` : line.name;
    const cell = (textContent, more) => draw("td", { textContent, ...more });
    const people = { className: "wraps", dir: "auto" };
    return draw("tr", {}, cell(line.kind), cell(name, people), cell(line.reason, people));
  });
  const table = draw("table", { className: "table" }, draw("thead", {}, titles), draw("tbody", {}, ...rows));
  return [
    draw("h3", { textContent: "What came changed, or couldn't come" }),
    draw("div", { className: "scroll-x" }, table),
  ];
}
