/** Text as people compare it. Pure. */

/** Equal for texts that differ in case or in Unicode form only; the server folds the same way (board/domain/text.py). */
export function fold(text) {
  return text.normalize("NFKC").replaceAll("İ", "I").toUpperCase();
}
