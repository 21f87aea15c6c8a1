/** The progress and the report of an import, as partials/import_report.html draws them on the server. */
import { formatNumber, t, tn } from "../lib/i18n.js";

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

/** @param {HTMLElement} result @param {string} title @param {number} share 0 to 1 */
export function showProgress(result, title, share) {
  result.hidden = false;
  const bar = result.querySelector("progress");
  if (bar && result.dataset.showing === title) {
    bar.value = share;
    return;
  }
  result.dataset.showing = title;
  const progress = make("progress", { className: "progress", max: 1, value: share, ariaLabel: title });
  result.replaceChildren(make("div", { className: "stack" }, make("h2", { textContent: title }), progress));
}

/** @param {HTMLElement} result @param {string} text */
export function showProblem(result, text) {
  result.hidden = false;
  delete result.dataset.showing;
  result.replaceChildren(make("p", { className: "flash flash--error", role: "alert", textContent: text }));
}

/** @param {HTMLElement} result @param {ImportJob} job */
export function showReport(result, job) {
  if (job.status === "failed") return showProblem(result, job.error ?? t("The import failed."));
  const open = make("a", {
    className: "button button--primary",
    href: `/boards/${job.board_id}`,
    textContent: t("Open the board"),
  });
  const head = make(
    "div",
    { className: "row row--between" },
    make("h2", { textContent: t("The board is here") }),
    open,
  );
  const parts = [
    head,
    counts(job.report.came, "badge--success", nameCount),
    counts(job.report.known, "", (kind, count) =>
      t("{things} there before", { things: nameCount(kind, count) }),
    ),
    ...skipped(job.report.skipped),
  ];
  delete result.dataset.showing;
  result.replaceChildren(make("div", { className: "stack" }, ...parts));
  return open.focus();
}

/**
 * Draw a badge for each kind of things.
 *
 * @param {Record<string, number>|undefined} numbers by kind
 * @param {string} style class of the badges
 * @param {(kind: string, count: number) => string} describe
 */
function counts(numbers, style, describe) {
  const entries = Object.entries(numbers ?? {});
  return make(
    "p",
    { className: "row", hidden: entries.length === 0 },
    ...entries.map(([kind, count]) => badge(describe(kind, count), style)),
  );
}

/** Return "3 columns". @param {string} kind @param {number} count */
function nameCount(kind, count) {
  switch (kind) {
    case "attachment":
      return tn("{count} attachment", "{count} attachments", count);
    case "board":
      return tn("{count} board", "{count} boards", count);
    case "checklist":
      return tn("{count} checklist", "{count} checklists", count);
    case "column":
      return tn("{count} column", "{count} columns", count);
    case "comment":
      return tn("{count} comment", "{count} comments", count);
    case "item":
      return tn("{count} checklist item", "{count} checklist items", count);
    case "label":
      return tn("{count} label", "{count} labels", count);
    case "member":
      return tn("{count} member", "{count} members", count);
    case "task":
      return tn("{count} card", "{count} cards", count);
    default:
      return t("{kind}: {count}", { kind, count });
  }
}

/** @param {string} text @param {string} style */
function badge(text, style) {
  return make("span", { className: `badge ${style}`, textContent: text });
}

/** @param {Skipped[]} lines @returns {HTMLElement[]} */
function skipped(lines) {
  if (!lines.length) return [];
  const titles = [t("Kind"), t("Name"), t("Why")].map((title) =>
    make("th", { scope: "col", textContent: title }),
  );
  const rows = lines.map((line) => {
    const name = line.count > 1 ? `${line.name} (${formatNumber(line.count)})` : line.name;
    const people = { className: "wraps", dir: "auto" };
    const kind = make("td", { textContent: line.kind });
    return make(
      "tr",
      {},
      kind,
      ...[name, line.reason].map((text) => make("td", { textContent: text, ...people })),
    );
  });
  const head = make("thead", {}, make("tr", {}, ...titles));
  const table = make("table", { className: "table" }, head, make("tbody", {}, ...rows));
  return [
    make("h3", { textContent: t("What came changed, or couldn't come") }),
    make("div", { className: "scroll-x" }, table),
  ];
}
