/** Ids made in the browser, so that a thing created offline keeps its name for ever. */
import { randomBytes } from "../lib/platform.js";

/**
 * A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits; later ids sort later.
 *
 * @param {number} [now] epoch milliseconds
 * @returns {string} lowercase canonical form
 */
export function newId(now = Date.now()) {
  const bytes = randomBytes(16);
  for (let index = 5, rest = now; index >= 0; index -= 1, rest = Math.floor(rest / 256))
    bytes[index] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
