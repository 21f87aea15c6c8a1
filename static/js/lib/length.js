/** The length of a text, as people count and as the server does. Nothing is ever cut: what is too long is reported and kept. Pure. */
import { tn } from "./i18n.js";

/**
 * The limits of board/domain/limits.py: in characters as the server counts them (Unicode code points); `tasks`, `items`
 * and `checklists` are numbers of things.
 */
export const LIMITS = {
  title: 500,
  name: 100,
  description: 64 * 1024,
  comment: 16 * 1024,
  url: 2048,
  tasks: 10_000,
  items: 500,
  checklists: 50,
};
const DIVIDED_AT_MOST = 200_000;

/**
 * Divide a text into characters as people see them (grapheme clusters): an emoji of several code points is one. Into
 * code points where the browser can't tell.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function graphemesOf(text) {
  if (!Intl.Segmenter || text.length > DIVIDED_AT_MOST) return [...text];
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/**
 * Count the characters, as people see them, that have to go from the end before a text fits.
 *
 * @param {string} text
 * @param {number} limit in code points, as the server counts
 * @returns {number}
 */
export function excessOf(text, limit) {
  if (text.length <= limit || countCodePoints(text) <= limit) return 0;
  let [room, over] = [limit, 0];
  for (const character of graphemesOf(text)) {
    room -= countCodePoints(character);
    if (room < 0) over += 1;
  }
  return over;
}

/**
 * Return "12 characters too long (at most 500)", or an empty string for a text that fits.
 *
 * @param {string} text
 * @param {number} limit in code points
 * @returns {string}
 */
export function sayExcess(text, limit) {
  const over = excessOf(text, limit);
  if (over === 0) return "";
  const most = { limit: `${limit}` };
  return tn(
    "{count} character too long (at most {limit})",
    "{count} characters too long (at most {limit})",
    over,
    most,
  );
}

/**
 * Return the beginning of a text for a place that has room for so many characters; never half of one.
 *
 * @param {string} text
 * @param {number} limit in characters as people see them
 * @returns {string}
 */
export function shorten(text, limit) {
  if (text.length <= limit) return text;
  const characters = graphemesOf(text);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

/**
 * Return the text with U+FFFD for each lone surrogate, which can't be sent (RFC 8259, section 8.2).
 *
 * @param {string} text
 * @returns {string}
 */
export function replaceLoneSurrogates(text) {
  return text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\u{FFFD}");
}

/** @param {string} text */
function countCodePoints(text) {
  let count = 0;
  for (const point of text) count += point.length > 0 ? 1 : 0;
  return count;
}
