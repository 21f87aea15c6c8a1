import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { piecesOf, withoutPiles } from "../long-text.js";

/** From here on only what is on the screen is laid out. */
const LONG = 1000;

/** The formatter, once somebody needed it. @type {typeof import("../markdown.js")|null} */
let markdown = null;

/**
 * Show Markdown, formatted and sanitised; as it was written until that is done, and where it would cost too much.
 *
 * @param {{text: string}} props
 */
export function MarkdownText({ text }) {
  const shown = withoutPiles(text);
  const known = useMarkdown(shown);
  const kind = text.length > LONG ? "prose prose--long" : "prose";
  if (known) return html`<div class=${kind} dangerouslySetInnerHTML=${{ __html: known }}></div>`;
  return html`<div class=${`${kind} prose--plain`}>
    ${
      known === null &&
      html`<p class="prose__note">${t("Shown as it was written: formatting it would take too long.")}</p>`
    }
    ${piecesOf(shown).map((piece) => html`<div dir="auto">${piece}</div>`)}
  </div>`;
}

/**
 * Return the HTML, the last one while the next is awaited; null where it can't be had; undefined before the first.
 *
 * @param {string} text
 * @returns {string|null|undefined}
 */
function useMarkdown(text) {
  const [found, setFound] = useState(/** @type {{text: string, html: string|null}|null} */ (null));
  const last = useRef(/** @type {string|null|undefined} */ (undefined));
  const known = found?.text === text ? found.html : markdown?.knownMarkdown(text);
  useEffect(() => {
    if (known !== undefined) return undefined;
    let isWanted = true;
    format(text).then(
      (formatted) => isWanted && setFound({ text, html: formatted }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [text, known === undefined]);
  if (known !== undefined) last.current = known;
  return last.current;
}

/** @param {string} text @returns {Promise<string|null>} */
async function format(text) {
  markdown ??= await import("../markdown.js");
  return markdown.renderMarkdown(text);
}
