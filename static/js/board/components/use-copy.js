import { t } from "../../lib/i18n.js";
import { copyText } from "../../lib/platform.js";
import { useBoard } from "../context.js";

/**
 * Return a function that puts a text on the clipboard; where the browser refuses, it shows it to be copied by hand.
 *
 * @returns {(text: string) => Promise<boolean>} whether it is on the clipboard
 */
export function useCopy() {
  const { screen } = useBoard();
  return async (text) => {
    const copied = await copyText(text);
    const message = t("This browser doesn't let the page copy. Copy it by hand:");
    if (!copied) screen.toast({ kind: "error", text: message, detail: text });
    return copied;
  };
}
