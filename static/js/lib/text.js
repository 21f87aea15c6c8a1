/** Text as people compare it. Pure. */

/**
 * Return a text without its case and its Unicode form, for comparing; the server folds the same way
 * (board/domain/text.py).
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text.normalize("NFKC").replaceAll("İ", "I").toUpperCase();
}
