/** The form that imports a board: upload with a progress bar, then the import's progress. It works without this too. */
import { newId } from "../board/identity.js";
import { t } from "../lib/i18n.js";
import { showProblem, showProgress, showReport } from "./import-report.js";

/** @import { ImportJob } from "./import-report.js" */

/** @typedef {{detail?: string, errors?: {message: string}[]}} Problem   RFC 9457 */

const POLL_MS = 700;
const MAX_FAILURES = 10;

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-import]"));
const result = /** @type {HTMLElement} */ (document.querySelector("[data-import-result]"));
const dropZone = /** @type {HTMLElement} */ (form.querySelector("[data-drop]"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
const url = form.dataset.import ?? "";

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    await follow(await upload());
  } catch (error) {
    showProblem(result, error instanceof Error ? error.message : String(error));
  } finally {
    button.disabled = false;
    delete form.dataset.sent;
  }
});

for (const name of ["dragenter", "dragover"])
  dropZone.addEventListener(name, (event) => markDrop(event, true));
for (const name of ["dragleave", "drop"]) dropZone.addEventListener(name, (event) => markDrop(event, false));
dropZone.addEventListener("drop", ({ dataTransfer }) => {
  if (dataTransfer?.files.length) inputNamed("file").files = dataTransfer.files;
});

/** @param {Event} event @param {boolean} isOver */
function markDrop(event, isOver) {
  event.preventDefault();
  dropZone.toggleAttribute("data-over", isOver);
}

/** @param {string} name */
function inputNamed(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * Send the form, by XMLHttpRequest because fetch doesn't tell how much of a body has gone out.
 *
 * @returns {Promise<ImportJob>}
 */
function upload() {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", inputNamed("csrf_token").value);
  request.setRequestHeader("Idempotency-Key", newId());
  request.upload.onprogress = ({ loaded, total }) =>
    showProgress(result, t("Uploading…"), total ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status === 202 ? resolve(request.response) : reject(new Error(problemOf(request)));
    request.onerror = () =>
      reject(new Error(t("The server can't be reached. Check your connection and try again.")));
    request.send(formData());
  });
}

/** Return the form and the person's time zone: dates with times that become text are written in it. */
function formData() {
  const data = new FormData(form);
  data.set("time_zone", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  return data;
}

/** @param {XMLHttpRequest} request */
function problemOf({ response, status }) {
  /** @type {Problem|null} */
  const problem = response;
  const fields = (problem?.errors ?? []).map((error) => error.message).join(" ");
  return (
    fields ||
    problem?.detail ||
    (status === 413
      ? t("The file is too large for this server.")
      : t("The server answered {status}.", { status: `${status}` }))
  );
}

/** Show the progress of an import until it is over, then what it brought. @param {ImportJob} job */
async function follow(job) {
  for (let failures = 0; job.status === "queued" || job.status === "running"; ) {
    showProgress(result, t("Importing…"), job.progress);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const next = await ask(job.id);
    failures = next ? 0 : failures + 1;
    if (failures > MAX_FAILURES)
      throw new Error(t("The server stopped answering. The import goes on; reload this page later."));
    job = next ?? job;
  }
  showReport(result, job);
}

/** @param {string} id @returns {Promise<ImportJob|null>} null when it can't be had */
async function ask(id) {
  const response = await fetch(`${url}/${id}`, { headers: { Accept: "application/json" } }).catch(() => null);
  return response?.ok ? response.json() : null;
}
