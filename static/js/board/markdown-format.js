/**
 * Markdown to HTML within limits, with no raw HTML in it. Knows no page: runs in a worker, on the page and in tests.
 *
 * What people write may be made to cost: brackets by the thousand, a list in a list in a list, one long address that ten
 * thousand links refer to. Work is counted in positions looked at, and what came out before it is written.
 */

/** @import { StateInline, Token } from "markdown-it" */

/** Ordinary text takes less than one step a letter; 64 KiB of the worst that was found without limits took 1,300,000. */
export const LIMITS = { steps: 250_000, elements: 10_000, depth: 60, letters: 400_000, paragraph: 32_768 };

const MEASURES = /** @type {const} */ (["elements", "depth", "letters"]);
const BLOCKS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "th", "td"]);
const EVERYWHERE = { alt: ["paragraph", "reference", "blockquote", "list"] };

/** The text would cost more than it is worth: it is shown as it was written. */
export class TooIntricate extends Error {}

/**
 * @param {typeof import("markdown-it").default} MarkdownIt the library's class
 * @param {{now?: () => number, patience?: number}} [time] `patience`: milliseconds after which it gives up
 * @returns {(text: string) => string} throws `TooIntricate`
 */
export function createFormatter(MarkdownIt, { now = () => 0, patience = Infinity } = {}) {
  const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
  let [steps, until] = [0, Infinity];
  const count = () => {
    steps += 1;
    if (steps > LIMITS.steps || (steps % 256 === 0 && now() > until)) throw new TooIntricate("steps");
    return false;
  };
  /** @param {StateInline} state */
  const countInline = ({ src, pos }) => {
    if (pos === 0 && src.length > LIMITS.paragraph) throw new TooIntricate("paragraph");
    return count();
  };
  markdown.block.ruler.before("table", "count", count, EVERYWHERE);
  markdown.inline.ruler.before("text", "count", countInline);
  markdown.renderer.rules.image = (tokens, index) => linkTo(tokens[index], markdown.utils.escapeHtml);
  return (text) => {
    [steps, until] = [0, now() + patience];
    const tokens = markdown.parse(text, {});
    measure(tokens);
    setDirections(tokens);
    return markdown.renderer.render(tokens, markdown.options, {});
  };
}

/** A picture elsewhere would tell its host who reads this task: show the link to it instead. @param {Token} token @param {(text: string) => string} escapeHtml */
function linkTo(token, escapeHtml) {
  const source = `${token.attrGet("src") ?? ""}`;
  return `<a href="${escapeHtml(source)}">${escapeHtml(token.content || source)}</a>`;
}

/** Refuses what would be a great deal to draw. @param {Token[]} tokens */
function measure(tokens) {
  const sum = { elements: 0, depth: 0, letters: 0 };
  for (const token of tokens) {
    add(sum, token);
    for (const child of token.children ?? []) add(sum, child);
  }
}

/** @param {{elements: number, depth: number, letters: number}} sum grows @param {Token} token */
function add(sum, token) {
  sum.depth += token.nesting;
  if (token.nesting >= 0 && token.tag && !token.hidden)
    sum.elements += token.block && token.nesting === 0 ? 2 : 1;
  if (token.type !== "inline") sum.letters += token.content.length;
  for (const [, value] of token.attrs ?? []) sum.letters += `${value}`.length;
  for (const name of MEASURES) if (sum[name] > LIMITS[name]) throw new TooIntricate(name);
}

/** Each paragraph reads the way its own first letter does. @param {Token[]} tokens */
function setDirections(tokens) {
  for (const token of tokens) if (token.nesting === 1 && BLOCKS.has(token.tag)) token.attrSet("dir", "auto");
}
