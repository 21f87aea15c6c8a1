/** Formats Markdown beside the page's own thread. A worker has no import map: the page names the library's address. */
import { createFormatter } from "./markdown-format.js";

let format = null;

addEventListener("message", async ({ data }) => {
  if (data.library) {
    format = createFormatter((await import(data.library)).default);
    postMessage({ ready: true });
  } else {
    postMessage({ html: formatted(data.text) });
  }
});

/** Null for what is too intricate, or breaks the library. */
function formatted(text) {
  try {
    return format(text);
  } catch {
    return null;
  }
}
