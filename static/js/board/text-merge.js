/** Two people's changes to one text, made into one where they don't touch. Pure. */

const LARGEST_TABLE = 4_000_000;

/**
 * A three-way merge (diff3): line by line, and word by word where both changed the same lines.
 *
 * @param {string} base what both began with
 * @param {string} mine
 * @param {string} theirs
 * @returns {string|null} null where they changed the same words differently: then a person has to choose
 */
export function mergeTexts(base, mine, theirs) {
  const lines = [base, mine, theirs].map((text) => text.split("\n"));
  const merged = mergeTokens(...lines, (...hunks) => mergeWords(...hunks.map((hunk) => hunk.join("\n"))));
  return merged === null ? null : merged.join("\n");
}

function mergeWords(...texts) {
  const merged = mergeTokens(...texts.map(wordsOf), () => null);
  return merged === null ? null : [merged.join("")];
}

/** Words with the blanks after them, so that changes to neighbouring words touch. */
function wordsOf(text) {
  return text.match(/\S+[^\S\n]*|\s/g) ?? [];
}

function mergeTokens(base, mine, theirs, settle) {
  const [inMine, inTheirs] = [matches(base, mine), matches(base, theirs)];
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

function chosen(base, mine, theirs, settle) {
  if (isEqual(mine, base) || isEqual(mine, theirs)) return theirs;
  return isEqual(theirs, base) ? mine : settle(base, mine, theirs);
}

function isEqual(some, others) {
  return some.length === others.length && some.every((token, index) => token === others[index]);
}

/** For each token of `base` its place in `other` in a longest common subsequence, or -1. */
function matches(base, other) {
  const found = new Int32Array(base.length).fill(-1);
  let [start, end, otherEnd] = [0, base.length, other.length];
  while (start < end && start < otherEnd && base[start] === other[start]) found[start] = start++;
  while (end > start && otherEnd > start && base[end - 1] === other[otherEnd - 1]) found[--end] = --otherEnd;
  const [rows, columns] = [end - start, otherEnd - start];
  if (rows === 0 || columns === 0 || rows * columns > LARGEST_TABLE) return found;
  const table = lengths(base, other, start, rows, columns);
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (base[start + row] === other[start + column]) found[start + row++] = start + column++;
    else if (table[(row + 1) * (columns + 1) + column] >= table[row * (columns + 1) + column + 1]) row += 1;
    else column += 1;
  }
  return found;
}

/** How long the longest common subsequence is from each pair of places on. */
function lengths(base, other, start, rows, columns) {
  const [width, table] = [columns + 1, new Uint32Array((rows + 1) * (columns + 1))];
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      const same = base[start + row] === other[start + column];
      table[at] = same ? table[at + width + 1] + 1 : Math.max(table[at + width], table[at + 1]);
    }
  }
  return table;
}
