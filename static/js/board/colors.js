/** Label colours, in the order people choose from. */
export const LABEL_COLORS = [
  "red",
  "orange",
  "amber",
  "green",
  "teal",
  "blue",
  "indigo",
  "purple",
  "pink",
  "gray",
];

const HEX = /^#[0-9a-f]{6}$/i;

/** Black or white, whichever reads on a member's colour with a contrast of at least 4.5 (WCAG 2.2, 1.4.3). @param {string} hex "#rrggbb" */
export function inkOn(hex) {
  if (!HEX.test(hex)) return "#000000";
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

/** @param {number} channel 0 to 1, in sRGB */
function linear(channel) {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** "Anna Lindqvist" -> "AL". @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}
