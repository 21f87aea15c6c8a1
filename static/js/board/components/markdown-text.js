import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { piecesOf, withoutPiles } from "../long-text.js";

/** From here on only what is on the screen is laid out. */
const LONG = 1000;

let markdown = null;

/** Markdown, formatted and sanitised; as it was written until that is done, and where it would cost too much. */
export function MarkdownText({ text }) {
  const shown = withoutPiles(text);
  const known = useMarkdown(shown);
  const kind = text.length > LONG ? "prose prose--long" : "prose";
  if (known) return html`<div class=${kind} dangerouslySetInnerHTML=${{ __html: known }}></div>`;
  return html`<div class=${`${kind} prose--plain`}>
    ${known === null && html`<p class="prose__note">Shown as it was written: formatting it would take too long.</p>`}
    ${piecesOf(shown).map((piece) => html`<div dir="auto">${piece}</div>`)}
  </div>`;
}

/** The HTML, the last one while the next is awaited; null where it can't be had; undefined before the first. */
function useMarkdown(text) {
  const [found, setFound] = useState(null);
  const last = useRef(undefined);
  const known = found?.text === text ? found.html : markdown?.knownMarkdown(text);
  useEffect(() => {
    if (known !== undefined) return undefined;
    let wanted = true;
    const show = (html) => wanted && setFound({ text, html });
    format(text).then(show, () => {});
    return () => (wanted = false);
  }, [text, known === undefined]);
  if (known !== undefined) last.current = known;
  return last.current;
}

async function format(text) {
  markdown ??= await import("../markdown.js");
  return markdown.renderMarkdown(text);
}
