/**
 * Positions: strings that can always be put between two others, made as the server makes them.
 *
 * A position is an integer part and a fraction in base 62, compared byte by byte. The first character of the
 * integer part tells its length ("a" one digit, "b" two..., "Z" one digit below zero...), so adding at either end
 * of a long list costs a character per factor of 62. A fraction never ends in "0": there is always room below it.
 */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FIRST = "a0";
const SMALLEST = `A${"0".repeat(26)}`;

/**
 * A position strictly between two others; null stands for the open end.
 *
 * @param {string|null|undefined} lower
 * @param {string|null|undefined} upper
 * @returns {string}
 * @throws {RangeError} when a bound is not a position or `lower >= upper`
 */
export function keyBetween(lower, upper) {
  for (const bound of [lower, upper]) if (bound != null) requirePosition(bound);
  if (lower == null) return upper == null ? FIRST : keyBelow(upper);
  if (upper == null) return keyAbove(lower);
  if (lower >= upper) throw new RangeError(`"${lower}" is not below "${upper}"`);
  return keyInside(lower, upper);
}

/** Orders two things by position, then by id; both are ASCII, so code units are bytes. @param {string} positionA @param {string} idA @param {string} positionB @param {string} idB */
export function compare(positionA, idA, positionB, idB) {
  if (positionA !== positionB) return positionA < positionB ? -1 : 1;
  if (idA === idB) return 0;
  return idA < idB ? -1 : 1;
}

/** @param {string} upper */
function keyBelow(upper) {
  const [whole, fraction] = split(upper);
  if (whole === SMALLEST) return whole + midpoint("", fraction);
  if (fraction) return whole;
  const previous = decrement(whole);
  return previous === SMALLEST ? previous + midpoint("", null) : previous;
}

/** @param {string} lower */
function keyAbove(lower) {
  const [whole, fraction] = split(lower);
  return increment(whole) ?? whole + midpoint(fraction, null);
}

/** @param {string} lower @param {string} upper */
function keyInside(lower, upper) {
  const [whole, fraction] = split(lower);
  const [upperWhole, upperFraction] = split(upper);
  if (whole === upperWhole) return whole + midpoint(fraction, upperFraction);
  const following = increment(whole);
  return following !== null && following < upper ? following : whole + midpoint(fraction, null);
}

/** The shortest fraction strictly between two fractions, near their middle. @param {string} lower @param {string|null} upper @returns {string} */
function midpoint(lower, upper) {
  if (upper !== null) {
    let shared = 0;
    while ((lower[shared] ?? "0") === upper[shared]) shared += 1;
    if (shared) return upper.slice(0, shared) + midpoint(lower.slice(shared), upper.slice(shared));
  }
  const low = lower ? DIGITS.indexOf(lower[0]) : 0;
  const high = upper ? DIGITS.indexOf(upper[0]) : DIGITS.length;
  if (high - low > 1) return DIGITS[Math.floor((low + high) / 2)];
  if (upper && upper.length > 1) return upper[0];
  return DIGITS[low] + midpoint(lower.slice(1), null);
}

/** @param {string} head */
function wholeLength(head) {
  if (head >= "a" && head <= "z") return head.charCodeAt(0) - 97 + 2;
  if (head >= "A" && head <= "Z") return 90 - head.charCodeAt(0) + 2;
  throw new RangeError(`a position can't start with "${head}"`);
}

/** @param {string} key @returns {[string, string]} its integer part and its fraction */
function split(key) {
  const length = wholeLength(key[0]);
  return [key.slice(0, length), key.slice(length)];
}

/** @param {string} key @throws {RangeError} */
function requirePosition(key) {
  if (!/^[A-Za-z][0-9A-Za-z]+$/.test(key) || key.length < wholeLength(key[0])) {
    throw new RangeError(`"${key}" is not a position`);
  }
  if (split(key)[1].endsWith("0") || key === SMALLEST)
    throw new RangeError(`"${key}" leaves no room below it`);
}

/** @param {string} whole */
function increment(whole) {
  const [head, digits] = [whole[0], [...whole.slice(1)]];
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const next = DIGITS[DIGITS.indexOf(digits[index]) + 1];
    digits[index] = next ?? "0";
    if (next) return head + digits.join("");
  }
  if (head === "z") return null;
  if (head === "Z") return "a0";
  const following = String.fromCharCode(head.charCodeAt(0) + 1);
  return following + "0".repeat(wholeLength(following) - 1);
}

/** @param {string} whole */
function decrement(whole) {
  const [head, digits] = [whole[0], [...whole.slice(1)]];
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const value = DIGITS.indexOf(digits[index]) - 1;
    digits[index] = value < 0 ? "z" : DIGITS[value];
    if (value >= 0) return head + digits.join("");
  }
  if (head === "a") return "Zz";
  const previous = String.fromCharCode(head.charCodeAt(0) - 1);
  return previous + "z".repeat(wholeLength(previous) - 1);
}
