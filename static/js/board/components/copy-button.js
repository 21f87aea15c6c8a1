import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { announce } from "../announce.js";
import { useCopy } from "./use-copy.js";

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label = "Copy", kind = "button button--quiet button--small" }) {
  const [copied, setCopied] = useState(false);
  const put = useCopy();
  const copy = async () => {
    const done = await put(text);
    setCopied(done);
    if (done) announce("Copied");
  };
  return html`<button type="button" class=${kind} aria-label=${label} onClick=${copy}>${copied ? "Copied" : "Copy"}</button>`;
}
