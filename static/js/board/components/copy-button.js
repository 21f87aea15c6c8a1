import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { announce } from "../announce.js";
import { useCopy } from "./use-copy.js";

/**
 * Put a text on the clipboard and say so.
 *
 * @param {{text: string, label?: string, kind?: string}} props
 */
export function CopyButton({ text, label = t("Copy"), kind = "button button--quiet button--small" }) {
  const [copied, setCopied] = useState(false);
  const put = useCopy();
  const copy = async () => {
    const done = await put(text);
    setCopied(done);
    if (done) announce(t("Copied"));
  };
  return html`<button type="button" class=${kind} aria-label=${label}
    onClick=${copy}>${copied ? t("Copied") : t("Copy")}</button>`;
}
