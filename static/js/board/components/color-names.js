import { t } from "../../lib/i18n.js";

/** @type {Record<string, string|undefined>} */
const NAMES = {
  red: t("red"),
  orange: t("orange"),
  amber: t("amber"),
  green: t("green"),
  teal: t("teal"),
  blue: t("blue"),
  indigo: t("indigo"),
  purple: t("purple"),
  pink: t("pink"),
  gray: t("gray"),
};

/** Return what a label's colour is called. @param {string} color @returns {string} */
export function colorName(color) {
  return NAMES[color] ?? color;
}
