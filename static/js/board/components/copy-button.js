import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { announce } from "../announce.js";

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label = "Copy", kind = "button button--quiet button--small" }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce("Copied");
  };
  return html`<button type="button" class=${kind} aria-label=${label} onClick=${copy}>${copied ? "Copied" : "Copy"}</button>`;
}
