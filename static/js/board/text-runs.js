/**
 * Text that others may change. Browsers translate a page by putting <font> elements in the place of its text nodes, and
 * extensions do likewise: a node that Preact goes on writing into is then no longer on the page, which keeps saying what
 * was true before ("Live"), or says it twice.
 *
 * So no text is a direct child of an element here. Imported once, this wraps each run of text that any component writes
 * in a <text-run>, keyed by its content: a text that changes is another element, which goes with all that is inside it.
 */
import { h, options } from "preact";

/** @import { ComponentChild, ComponentChildren } from "preact" */

const RUN = "text-run";
const BARE = new Set([RUN, "option", "textarea", "title", "style", "script", "text"]);

const before = options.vnode;
options.vnode = (vnode) => {
  const { type, props } = vnode;
  if (typeof type === "string" && !BARE.has(type) && props.children != null)
    props.children = wrap(props.children);
  before?.(vnode);
};

/** Children with their texts wrapped, each at the place it had. @param {ComponentChildren} children */
function wrap(children) {
  if (isText(children)) return run(0, String(children));
  return Array.isArray(children) ? wrapAll(children) : children;
}

/** Texts side by side are one run: as two they would be two boxes in a flex container. @param {ComponentChild[]} children @returns {ComponentChild[]} */
function wrapAll(children) {
  /** @type {ComponentChild[]} */
  const wrapped = children.map((child) =>
    Array.isArray(child) ? wrapAll(child) : isText(child) ? null : child,
  );
  for (let start = 0; start < children.length; start += 1) {
    if (!isText(children[start])) continue;
    let end = start;
    while (end < children.length && (isText(children[end]) || isNothing(children[end]))) end += 1;
    wrapped[start] = run(start, children.slice(start, end).filter(isText).join(""));
    start = end - 1;
  }
  return wrapped;
}

/** White space alone is nobody's to translate, and no box. @param {number} place @param {string} text */
function run(place, text) {
  return text.trim() ? h(RUN, { key: `${place} ${text}` }, text) : text;
}

/** @param {ComponentChildren} child @returns {child is string|number} */
function isText(child) {
  return typeof child === "string" || typeof child === "number";
}

/** @param {ComponentChildren} child */
function isNothing(child) {
  return child === null || child === undefined || typeof child === "boolean";
}
