/** An address worth following, or null: a `javascript:` link in shared data would run as whoever clicks it. @param {string} url */
export function safeLink(url) {
  try {
    const parsed = new URL(url, globalThis.location?.origin);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
