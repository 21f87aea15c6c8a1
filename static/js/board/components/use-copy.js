import { useBoard } from "../context.js";
import { copyText } from "../../lib/platform.js";

/** Puts a text on the clipboard; where the browser refuses, shows it to be copied by hand. Answers whether it is there. */
export function useCopy() {
  const { screen } = useBoard();
  return async (text) => {
    const copied = await copyText(text);
    const refusal = { kind: "error", text: "This browser doesn't let the page copy. Copy it by hand:", detail: text };
    if (!copied) screen.toast(refusal);
    return copied;
  };
}
