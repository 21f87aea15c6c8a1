/** Formats Markdown beside the page's own thread. A worker has no import map: the page names the library's address. */
import { createFormatter } from "./markdown-format.js";

/** @type {((text: string) => string)|undefined} */
let format;

addEventListener("message", async ({ data }) => {
  if (data.library) {
    format = createFormatter((await import(data.library)).default);
    postMessage({ ready: true });
  } else {
    postMessage({ html: formatted(data.text) });
  }
});

/** Null for what is too intricate, or breaks the library. @param {string} text */
function formatted(text) {
  try {
    return format?.(text) ?? null;
  } catch {
    return null;
  }
}
