import { watchLimits } from "../lib/limited-fields.js";
import { browserStore, copyText, keepsCookies, tabStore } from "../lib/platform.js";
import { keepForms } from "./form-drafts.js";
import { showLocalTimes } from "./times.js";
import { toggleTheme } from "./theme.js";

document.documentElement.classList.add("js");
showLocalTimes(document);
watchLimits(document);
for (const note of document.querySelectorAll("[data-once]")) note.hidden = browserStore.get(`read ${note.dataset.once}`) !== null;
for (const alert of document.querySelectorAll("[data-no-cookies]")) alert.hidden = keepsCookies();

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-theme-toggle], [data-copy], [data-dismiss]");
  if (target?.matches("[data-theme-toggle]")) toggleTheme();
  if (target?.matches("[data-copy]")) copyFrom(target);
  if (target?.matches("[data-dismiss]")) dismiss(target.closest("[data-once]"));
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
  else guardTwice(event);
});

/** What was read once isn't shown again. */
function dismiss(note) {
  browserStore.set(`read ${note.dataset.once}`, new Date().toISOString());
  note.remove();
}

async function copyFrom(button) {
  const source = document.querySelector(button.dataset.copy);
  const copied = await copyText(source.textContent);
  if (!copied) getSelection().selectAllChildren(source);
  button.append(copied ? " ✓" : ": press Ctrl+C");
  button.disabled = true;
}

/** A second submit of the same form while the first is under way does nothing. */
function guardTwice(event) {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "yes";
}

const isAnswer = performance.getEntriesByType("navigation")[0]?.type === "navigate";
keepForms(document, tabStore, { path: location.pathname, isAnswer });

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
