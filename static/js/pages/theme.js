import { writeCookie } from "../lib/platform.js";

const YEAR = 60 * 60 * 24 * 365;

/** Return the theme on screen now: the saved choice, else the system's. @returns {string} "dark" or "light" */
export function currentTheme() {
  const saved = document.documentElement.dataset.theme;
  return saved ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

/** Show the other theme and keep the choice in a cookie, so that the server renders it without a flash. */
export function toggleTheme() {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.documentElement.dataset.theme = theme;
  writeCookie(`theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`);
  return theme;
}
