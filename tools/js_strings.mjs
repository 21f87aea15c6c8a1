// Read the strings of the browser's modules: the messages that t, tn and rich are given, and text outside of them.
// `node tools/js_strings.mjs FILE...` writes {messages: [{file, line, ids, comments}], findings: [{file, line, text}]}.
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { ancestor } from "acorn-walk";

const TRANSLATES = { t: 1, rich: 1, tn: 2 };
const SHOWN = new Set(
  "title aria-label aria-description aria-placeholder aria-roledescription aria-valuetext placeholder alt label hint".split(" "),
);
const LETTER = /\p{L}/u;
const SENTENCE = /^\P{L}*\p{Lu}[\p{L}’']*[\s…:,].*\p{L}/su;
const PHRASE = /^[\p{L}’',]+( [\p{L}’',]+)+$/u;
const COMMON = /(^| )(the|a|an|of|to|is|was|were|are|in|on|by|your|you|not|it|and|or|has|have|can|with|for)( |$)/;

/** A line that ends with this comment has a string that no person reads. */
const UNSEEN = /\/\/ not shown$/;

const messages = [];
const findings = [];

for (const file of process.argv.slice(2)) read(file, readFileSync(file, "utf8"));
process.stdout.write(JSON.stringify({ messages, findings }));

function read(file, source) {
  const comments = [];
  const tree = parse(source, { ecmaVersion: "latest", sourceType: "module", locations: true, onComment: comments });
  const lines = source.split("\n");
  const seen = new Set();
  const find = (node, text) => {
    const { line } = node.loc.start;
    const shown = text.trim().slice(0, 80);
    if (UNSEEN.test(lines[line - 1]) || seen.has(line + shown)) return;
    seen.add(line + shown);
    findings.push({ file, line, text: shown });
  };
  const call = (node) => {
    const count = TRANSLATES[node.callee.name];
    if (!count) return;
    const ids = node.arguments.slice(0, count).map(literalOf);
    if (ids.length < count || ids.includes(undefined)) {
      return find(node, `${node.callee.name}() takes its messages as literals`);
    }
    const { line } = node.loc.start;
    const notes = comments.filter(({ value, loc }) => /^\s*NOTE:/.test(value) && line - loc.end.line <= 1 && line >= loc.end.line);
    messages.push({ file, line, ids, comments: notes.map(({ value }) => value.trim()) });
  };
  const template = (node) => node.tag.name === "html" && checkTemplate(node, find);
  ancestor(tree, {
    CallExpression: call,
    TaggedTemplateExpression: template,
    Literal: (node, _, ancestors) => checkText(node, ancestors, find),
    TemplateLiteral: (node, _, ancestors) => checkText(node, ancestors, find),
  });
}

/** The text of a literal or of a template without expressions, or of such joined by +; undefined for all else. */
function literalOf(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && !node.expressions.length) return node.quasis[0].value.cooked;
  if (node?.type !== "BinaryExpression" || node.operator !== "+") return undefined;
  const sides = [literalOf(node.left), literalOf(node.right)];
  return sides.includes(undefined) ? undefined : sides.join("");
}

/** Text anywhere in a module that reads like a sentence or a phrase. */
function checkText(node, ancestors, find) {
  const text = node.type === "Literal" ? node.value : node.quasis.map(({ value }) => value.cooked).join("…");
  if (typeof text !== "string" || !(SENTENCE.test(text) || (PHRASE.test(text) && COMMON.test(text)))) return;
  const [parent, grand] = [ancestors.at(-2), ancestors.at(-3)];
  if (parent.type === "TaggedTemplateExpression" || /^(Import|Export)/.test(parent.type)) return;
  if (ancestors.some(isExempt)) return;
  if (parent.type === "Property" && parent.key === node && grand) return;
  find(node, text);
}

/** What isn't for the screen: messages that are marked, errors that are thrown for developers, the console. */
function isExempt(node) {
  if (node.type === "CallExpression") {
    return node.callee.name in TRANSLATES || node.callee.object?.name === "console";
  }
  return node.type === "ThrowStatement" || (node.type === "NewExpression" && /Error$/.test(node.callee.name ?? ""));
}

/** The text and the shown attributes of an htm template, and literals in expressions that stand in their places. */
function checkTemplate({ quasi }, find) {
  let state = "text";
  let attribute = "";
  let quote = "";
  quasi.quasis.forEach((part, index) => {
    let text = "";
    const flush = (shown) => {
      if (shown && LETTER.test(text)) find(part, text);
      text = "";
    };
    for (const character of part.value.cooked) {
      if (state === "text" && character === "<") [state] = ["tag", flush(true)];
      else if (state === "tag" && character === ">") [state, attribute] = ["text", "", flush(false)];
      else if (state === "tag" && /\s/.test(character)) [attribute] = ["", flush(false)];
      else if (state === "tag" && character === "=") [attribute, text] = [text, ""];
      else if (state === "tag" && /["']/.test(character)) [state, quote] = ["value", character, flush(false)];
      else if (state === "value" && character === quote) [state, attribute] = ["tag", "", flush(SHOWN.has(attribute))];
      else text += character;
    }
    const shown = state === "text" || SHOWN.has(attribute);
    flush(state !== "tag" && shown);
    const expression = quasi.expressions[index];
    if (expression && shown) checkShown(expression, find);
    if (state === "tag") attribute = "";
  });
}

/** The literals that an expression may come to. */
function checkShown(node, find) {
  if (node.type === "ConditionalExpression") return [node.consequent, node.alternate].forEach((one) => checkShown(one, find));
  if (node.type === "LogicalExpression") return [node.left, node.right].forEach((one) => checkShown(one, find));
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return [node.left, node.right].forEach((one) => checkShown(one, find));
  }
  const literal = node.type === "Literal" ? String(node.value ?? "") : "";
  const template = node.type === "TemplateLiteral" ? node.quasis.map(({ value }) => value.cooked).join("…") : "";
  if (typeof node.value !== "boolean" && LETTER.test(literal + template)) find(node, literal + template);
}
