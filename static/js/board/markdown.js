/** Markdown to safe HTML: no raw HTML in, sanitised out. Loaded when a task is first opened. */
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";
import { createFormatter } from "./markdown-format.js";
import { FormattingQueue } from "./markdown-queue.js";

/** A text this short is formatted at once: no input of this length takes a frame. */
const SHORT = 2000;
const PATIENCE_MS = 200;
const KEPT = 100;
const TAGS =
  "a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre s strong table tbody td th thead tr ul";

const purifier = DOMPurify(window);
const format = createFormatter(MarkdownIt, { now: () => performance.now(), patience: PATIENCE_MS });
const queue = new FormattingQueue(startWorker, formatHere);
/** HTML by text. @type {Map<string, string|null>} */
const kept = new Map();

queue.begin();

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  node.setAttribute("rel", "noopener noreferrer nofollow");
  node.setAttribute("target", "_blank");
});

/** @param {string} text @returns {string|null|undefined} what is known at once: null is too intricate, undefined has to be waited for */
export function knownMarkdown(text) {
  if (!kept.has(text) && text.length <= SHORT) keep(text, formatHere(text));
  return kept.get(text);
}

/** @param {string} text @returns {Promise<string|null>} HTML, or null for what is shown as it was written */
export async function renderMarkdown(text) {
  const known = knownMarkdown(text);
  return known === undefined ? keep(text, await queue.format(text)) : known;
}

/** @param {string} text @param {string|null} html as it was formatted @returns {string|null} what is safe to show */
function keep(text, html) {
  const safe = html === null ? null : sanitized(html);
  kept.set(text, safe);
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return safe;
}

/** @param {string} html */
function sanitized(html) {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: TAGS.split(" "),
    ALLOWED_ATTR: ["dir", "href", "title", "start", "rel", "target"],
    ADD_URI_SAFE_ATTR: ["dir", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|\/|#)/i,
  });
}

function startWorker() {
  const worker = new Worker(new URL("./markdown-worker.js", import.meta.url), {
    type: "module",
    name: "markdown",
  });
  worker.postMessage({ library: import.meta.resolve("markdown-it") });
  return worker;
}

/** @param {string} text */
function formatHere(text) {
  try {
    return format(text);
  } catch {
    return null;
  }
}
