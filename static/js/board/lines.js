/** Several lines typed or pasted into one box make several things, a title each. Pure. */
import { t, tn } from "../lib/i18n.js";
import { LIMITS, sayExcess } from "../lib/length.js";

/** @typedef {"card"|"checklist"|"item"} Word */

const AT_ONCE = 500;

/**
 * What a box of titles would make.
 *
 * While a line is too long nothing is made, so that the order stays; what there is no room for, and what is more than
 * 500 at once, stays in the box.
 *
 * @param {string} text
 * @param {{room: number, word: Word}} options how many more there may be, and what one is
 * @returns {{titles: string[], rest: string, problem: string, hint: string}} `titles`: to be made now; `rest`: what
 *   stays in the box then; `problem` says what doesn't fit, `hint` how many things the lines make
 */
export function readLines(text, { room, word }) {
  const lines = linesOf(text);
  const tooLong = sayTooLong(lines);
  if (tooLong) return { titles: [], rest: text, problem: tooLong, hint: "" };
  const many = Math.max(0, Math.min(room, AT_ONCE, lines.length));
  const isAll = many === lines.length;
  return {
    titles: lines.slice(0, many),
    rest: lines.slice(many).join("\n"),
    problem: isAll ? "" : sayTooMany(many, lines.length, word),
    hint: isAll && many > 1 ? HINTS[word](many) : "",
  };
}

/** @param {number} many @param {number} all @param {Word} word */
function sayTooMany(many, all, word) {
  return many === 0 ? NO_ROOM[word] : TOO_MANY[word](all, { many: `${many}`, all: `${all}` });
}

/** @type {Record<Word, (many: number) => string>} */
const HINTS = {
  card: (many) => tn("Adds {count} card", "Adds {count} cards", many),
  checklist: (many) => tn("Adds {count} checklist", "Adds {count} checklists", many),
  item: (many) => tn("Adds {count} item", "Adds {count} items", many),
};

/** @type {Record<Word, string>} */
const NO_ROOM = {
  card: t("There is no room for another card"),
  checklist: t("There is no room for another checklist"),
  item: t("There is no room for another item"),
};

/** @typedef {{many: string, all: string}} Numbers */

/** @type {Record<Word, (all: number, values: Numbers) => string>} */
const TOO_MANY = {
  card: (all, values) =>
    tn(
      "Adds {many} of {all} card; the rest stays here",
      "Adds {many} of {all} cards; the rest stays here",
      all,
      values,
    ),
  checklist: (all, values) =>
    tn(
      "Adds {many} of {all} checklist; the rest stays here",
      "Adds {many} of {all} checklists; the rest stays here",
      all,
      values,
    ),
  item: (all, values) =>
    tn(
      "Adds {many} of {all} item; the rest stays here",
      "Adds {many} of {all} items; the rest stays here",
      all,
      values,
    ),
};

/** @param {string} text */
function linesOf(text) {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @param {string[]} lines */
function sayTooLong(lines) {
  const problems = lines
    .map((line, index) => ({ index, says: sayExcess(line, LIMITS.title) }))
    .filter(({ says }) => says);
  if (problems.length === 0) return "";
  const [{ index, says }] = problems;
  if (lines.length === 1) return says;
  const values = { line: index + 1, problem: says };
  if (problems.length === 1) return t("Line {line} is {problem}", values);
  return tn(
    "Line {line} is {problem}, and {count} other line too",
    "Line {line} is {problem}, and {count} other lines too",
    problems.length - 1,
    values,
  );
}
