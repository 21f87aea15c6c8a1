import { showLocalTimes } from "./times.js";
import { toggleTheme } from "./theme.js";

document.documentElement.classList.add("js");
showLocalTimes(document);

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-theme-toggle], [data-copy]");
  if (target?.matches("[data-theme-toggle]")) toggleTheme();
  if (target?.matches("[data-copy]")) copyText(target);
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
  else guardTwice(event);
});

async function copyText(button) {
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
  button.append(" ✓");
  button.disabled = true;
}

/** A second submit of the same form while the first is under way does nothing. */
function guardTwice(event) {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "yes";
}

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
