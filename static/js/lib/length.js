/** How long a text is, as people count and as the server does. Nothing is ever cut: what doesn't fit is said and kept. Pure. */

/** In characters as the server counts them (Unicode code points), as in board/domain/limits.py; `tasks`, `items` and `checklists` in things. */
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

/** The characters as people see them: an emoji of several code points is one; code points where the browser can't say. */
export function charactersOf(text) {
  if (!Intl.Segmenter || text.length > DIVIDED_AT_MOST) return [...text];
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/**
 * How many characters, as people see them, have to go from the end before a text fits.
 *
 * @param {string} text
 * @param {number} limit in code points, as the server counts
 */
export function excessOf(text, limit) {
  if (text.length <= limit || countCodePoints(text) <= limit) return 0;
  let [room, over] = [limit, 0];
  for (const character of charactersOf(text)) {
    room -= countCodePoints(character);
    if (room < 0) over += 1;
  }
  return over;
}

/** "12 characters too long (at most 500)", or nothing where the text fits. */
export function sayExcess(text, limit) {
  const over = excessOf(text, limit);
  return over > 0 ? `${over} ${over === 1 ? "character" : "characters"} too long (at most ${limit})` : "";
}

/** The beginning of a text for a place that has room for so many characters; never half of one. */
export function shorten(text, limit) {
  if (text.length <= limit) return text;
  const characters = charactersOf(text);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

/** The text with U+FFFD for each half of a character (an unpaired surrogate), which can't be sent (RFC 8259, section 8.2). */
export function mendHalves(text) {
  return text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\u{FFFD}");
}

function countCodePoints(text) {
  let count = 0;
  for (const point of text) count += point.length > 0 ? 1 : 0;
  return count;
}
