/** What the server's pages do beyond HTML: local times, limits of fields, drafts of forms, copying, the theme. */
import { elementOf } from "../lib/events.js";
import { t } from "../lib/i18n.js";
import { watchLimits } from "../lib/limited-fields.js";
import { browserStore, copyText, keepsCookies, tabStore } from "../lib/platform.js";
import { keepForms } from "./form-drafts.js";
import { showLocalTimes } from "./times.js";
import { toggleTheme } from "./theme.js";

document.documentElement.classList.add("js");
showLocalTimes(document);
watchLimits(document);
for (const note of select("[data-once]"))
  note.hidden = browserStore.get(`read ${note.dataset.once}`) !== null;
for (const alert of select("[data-no-cookies]")) alert.hidden = keepsCookies();

document.addEventListener("click", (event) => {
  /** @type {HTMLElement|null|undefined} */
  const target = elementOf(event)?.closest("[data-theme-toggle], [data-copy], [data-dismiss]");
  if (target?.matches("[data-theme-toggle]")) toggleTheme();
  if (target instanceof HTMLButtonElement && target.dataset.copy) copyFrom(target, target.dataset.copy);
  if (target?.matches("[data-dismiss]")) dismiss(target.closest("[data-once]"));
});

document.addEventListener("submit", (event) => {
  const form = elementOf(event);
  const question = form?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
  else if (form && !event.defaultPrevented) preventSecondSubmit(event, form);
});

/** @param {string} selector @returns {NodeListOf<HTMLElement>} */
function select(selector) {
  return document.querySelectorAll(selector);
}

/** Remove a note and don't show it again. @param {HTMLElement|null} note */
function dismiss(note) {
  if (!note) return;
  browserStore.set(`read ${note.dataset.once}`, new Date().toISOString());
  note.remove();
}

/** Copy the text of another element. @param {HTMLButtonElement} button @param {string} selector of that element */
async function copyFrom(button, selector) {
  const source = document.querySelector(selector);
  if (!source) return;
  const copied = await copyText(source.textContent);
  if (!copied) getSelection()?.selectAllChildren(source);
  button.append(copied ? " ✓" : t(": press Ctrl+C"));
  button.disabled = true;
}

/** Prevent another submit of a form while the first is under way. @param {Event} event @param {HTMLElement} form */
function preventSecondSubmit(event, form) {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
}

const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (
  performance.getEntriesByType("navigation")
);
const isAnswer = navigation?.type === "navigate";
keepForms(document, tabStore, { path: location.pathname, isAnswer });

addEventListener("pageshow", () => {
  for (const form of select("form[data-sent]")) delete form.dataset.sent;
});
