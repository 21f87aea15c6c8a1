/** Label colours, in the order people choose from. */
export const LABEL_COLORS = ["red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink", "gray"];

const HEX = /^#[0-9a-f]{6}$/i;

/** A readable ink on a member's colour. */
export function inkOn(hex) {
  if (!HEX.test(hex)) return "#12151c";
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return red * 299 + green * 587 + blue * 114 > 140000 ? "#12151c" : "#ffffff";
}

/** "Anna Lindqvist" -> "AL". */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const [first, last] = [words[0] ?? "?", words.length > 1 ? words.at(-1) : ""];
  return ([...first][0] + ([...last][0] ?? "")).toLocaleUpperCase();
}
