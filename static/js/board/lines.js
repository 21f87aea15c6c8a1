/** Several lines typed or pasted into one box make several things, a title each. Pure. */
import { LIMITS, sayExcess } from "../lib/length.js";
import { countOf } from "./wording.js";

const AT_ONCE = 500;

/**
 * What a box of titles would make.
 *
 * While a line is too long nothing is made, so that the order stays; what there is no room for, and what is more than
 * 500 at once, stays in the box.
 *
 * @param {string} text
 * @param {{room: number, word: string}} options how many more there may be, and what one is called
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
    hint: isAll && many > 1 ? `Adds ${countOf(many, word)}` : "",
  };
}

/** @param {number} many @param {number} all @param {string} word */
function sayTooMany(many, all, word) {
  if (many === 0) return `There is no room for another ${word}`;
  return `Adds ${many} of ${countOf(all, word)}; the rest stays here`;
}

/** @param {string} text */
function linesOf(text) {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** @param {string[]} lines */
function sayTooLong(lines) {
  const problems = lines.map((line, index) => ({ index, says: sayExcess(line, LIMITS.title) })).filter(({ says }) => says);
  if (problems.length === 0) return "";
  const [{ index, says }] = problems;
  if (lines.length === 1) return says;
  const others = problems.length > 1 ? `, and ${countOf(problems.length - 1, "other line")} too` : "";
  return `Line ${index + 1} is ${says}${others}`;
}
