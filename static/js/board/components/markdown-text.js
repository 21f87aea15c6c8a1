import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";

let renderer = null;

/** Markdown, rendered and sanitised; plain until the renderer is there. */
export function MarkdownText({ text }) {
  const [ready, setReady] = useState(renderer !== null);
  useEffect(() => {
    if (!ready)
      loadRenderer().then(
        () => setReady(true),
        () => {},
      );
  }, []);
  if (!ready) return html`<div class="prose prose--plain">${text}</div>`;
  return html`<div class="prose" dangerouslySetInnerHTML=${{ __html: renderer(text) }}></div>`;
}

async function loadRenderer() {
  renderer = (await import("../markdown.js")).renderMarkdown;
}
