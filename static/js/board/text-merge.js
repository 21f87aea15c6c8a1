/** Two people's changes to one text, made into one where they don't touch. Pure. */

/**
 * @typedef {{pairs: number}} Budget   what may still be compared
 * @typedef {(base: string[], mine: string[], theirs: string[]) => string[]|null} Settle   of a part that both changed
 */

/** How many pairs of lines or words one merge compares; where more would be needed, a person has to choose. */
const PAIRS = 8_000_000;

/**
 * A three-way merge (diff3): line by line, and word by word where both changed the same lines.
 *
 * @param {string} base what both began with
 * @param {string} mine
 * @param {string} theirs
 * @returns {string|null} null where they changed the same words differently: then a person has to choose
 */
export function mergeTexts(base, mine, theirs) {
  const budget = { pairs: PAIRS };
  /** @type {Settle} */
  const settle = (...hunks) => {
    const [was, ours, others] = hunks.map((hunk) => wordsOf(hunk.join("\n")));
    const words = mergeTokens({ base: was, mine: ours, theirs: others }, () => null, budget);
    return words && [words.join("")];
  };
  const lines = { base: base.split("\n"), mine: mine.split("\n"), theirs: theirs.split("\n") };
  const merged = mergeTokens(lines, settle, budget);
  return merged === null ? null : merged.join("\n");
}

/** Words with the blanks after them, so that changes to neighbouring words touch. @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.match(/\S+[^\S\n]*|\s/g) ?? [];
}

/** @param {{base: string[], mine: string[], theirs: string[]}} tokens @param {Settle} settle @param {Budget} budget shrinks */
function mergeTokens({ base, mine, theirs }, settle, budget) {
  const [inMine, inTheirs] = [matches(base, mine, budget), matches(base, theirs, budget)];
  /** @type {string[]} */
  const merged = [];
  let [from, a, b] = [0, 0, 0];
  for (let at = 0; at <= base.length; at += 1) {
    const isEnd = at === base.length;
    const [atMine, atTheirs] = isEnd ? [mine.length, theirs.length] : [inMine[at], inTheirs[at]];
    if (atMine < 0 || atTheirs < 0) continue;
    const hunk = chosen(base.slice(from, at), mine.slice(a, atMine), theirs.slice(b, atTheirs), settle);
    if (hunk === null) return null;
    merged.push(...hunk);
    if (!isEnd) merged.push(base[at]);
    [from, a, b] = [at + 1, atMine + 1, atTheirs + 1];
  }
  return merged;
}

/** @param {string[]} base @param {string[]} mine @param {string[]} theirs @param {Settle} settle */
function chosen(base, mine, theirs, settle) {
  if (isEqual(mine, base) || isEqual(mine, theirs)) return theirs;
  return isEqual(theirs, base) ? mine : settle(base, mine, theirs);
}

/** @param {string[]} some @param {string[]} others */
function isEqual(some, others) {
  return some.length === others.length && some.every((token, index) => token === others[index]);
}

/** For each token of `base` its place in `other` in a longest common subsequence, or -1. @param {string[]} base @param {string[]} other @param {Budget} budget shrinks */
function matches(base, other, budget) {
  const found = new Int32Array(base.length).fill(-1);
  let [start, end, otherEnd] = [0, base.length, other.length];
  while (start < end && start < otherEnd && base[start] === other[start]) found[start] = start++;
  while (end > start && otherEnd > start && base[end - 1] === other[otherEnd - 1]) found[--end] = --otherEnd;
  const [rows, columns] = [end - start, otherEnd - start];
  if (rows === 0 || columns === 0 || rows * columns > budget.pairs) return found;
  budget.pairs -= rows * columns;
  const table = lengths(base.slice(start, end), other.slice(start, otherEnd));
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (base[start + row] === other[start + column]) found[start + row++] = start + column++;
    else if (table[(row + 1) * (columns + 1) + column] >= table[row * (columns + 1) + column + 1]) row += 1;
    else column += 1;
  }
  return found;
}

/** How long the longest common subsequence is from each pair of places on. @param {string[]} base @param {string[]} other */
function lengths(base, other) {
  const [width, table] = [other.length + 1, new Uint32Array((base.length + 1) * (other.length + 1))];
  for (let row = base.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      const same = base[row] === other[column];
      table[at] = same ? table[at + width + 1] + 1 : Math.max(table[at + width], table[at + 1]);
    }
  }
  return table;
}
