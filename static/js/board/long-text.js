/** Long text as a browser can lay it out: a page whose text takes seconds to draw is a page that stands still. Pure. */

/** More marks on one letter than any language has; Unicode's stream-safe format (UAX #15) knows the same limit. */
const MARKS = 30;
const PILES = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu");

/** How much is laid out as one piece, in UTF-16 units. */
const PIECE = 2000;

/** The text without the marks that pile up on one letter: drawing takes the square of their number. @param {string} text */
export function withoutPiles(text) {
  return text.replace(PILES, "$1");
}

/** The text in pieces, cut after a line where there is one and never inside a character. @param {string} text */
export function piecesOf(text) {
  /** @type {string[]} */
  const pieces = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfPiece(text, from);
    pieces.push(text[to - 1] === "\n" ? text.slice(from, to - 1) : text.slice(from, to));
    from = to;
  }
  return pieces;
}

/** @param {string} text @param {number} from */
function endOfPiece(text, from) {
  const last = from + PIECE;
  if (last >= text.length) return text.length;
  const line = text.lastIndexOf("\n", last - 1) + 1;
  if (line > from) return line;
  return isInside(text, last) ? last - 1 : last;
}

/** Whether a place is within a character. @param {string} text @param {number} at */
function isInside(text, at) {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
