/** Uploads an export with a progress bar and follows the import until it is done. The form works without this. */
import { newId } from "../board/identity.js";
import { showProblem, showProgress, showReport } from "./import-report.js";

const EVERY = 700;
const PATIENCE = 10;

const form = document.querySelector("[data-import]");
const result = document.querySelector("[data-import-result]");
const drop = form.querySelector("[data-drop]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    await follow(await upload());
  } catch (error) {
    showProblem(result, error.message);
  } finally {
    button.disabled = false;
    delete form.dataset.sent;
  }
});

for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => hover(event, true));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => hover(event, false));
drop.addEventListener("drop", ({ dataTransfer }) => {
  if (dataTransfer.files.length) form.elements.file.files = dataTransfer.files;
});

function hover(event, over) {
  event.preventDefault();
  drop.toggleAttribute("data-over", over);
}

/** XMLHttpRequest, because fetch tells nothing about how much of a body has gone out. Answers the import. */
function upload() {
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.import);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", form.elements.csrf_token.value);
  request.setRequestHeader("Idempotency-Key", newId());
  request.upload.onprogress = ({ loaded, total }) => showProgress(result, "Uploading", total ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () => (request.status === 202 ? resolve(request.response) : reject(new Error(problemOf(request))));
    request.onerror = () => reject(new Error("The server can't be reached. Check your connection and try again."));
    request.send(formData());
  });
}

/** The form, and where the person is: dates with times that become text are written in their zone. */
function formData() {
  const data = new FormData(form);
  data.set("time_zone", Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  return data;
}

function problemOf({ response, status }) {
  const fields = (response?.errors ?? []).map((error) => error.message).join(" ");
  return (
    fields ||
    response?.detail ||
    (status === 413 ? "The file is too large for this server." : `The server answered ${status}.`)
  );
}

async function follow(job) {
  for (let failures = 0; job.status === "queued" || job.status === "running";) {
    showProgress(result, "Importing", job.progress);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    const next = await ask(job.id);
    failures = next ? 0 : failures + 1;
    if (failures > PATIENCE)
      throw new Error("The server stopped answering. The import goes on; reload this page later.");
    job = next ?? job;
  }
  showReport(result, job);
}

async function ask(id) {
  const answer = await fetch(`${form.dataset.import}/${id}`, { headers: { Accept: "application/json" } }).catch(
    () => null,
  );
  return answer?.ok ? answer.json() : null;
}
