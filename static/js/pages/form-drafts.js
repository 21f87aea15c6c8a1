/**
 * Drafts of the forms of the server's pages: what is typed is kept for this tab, through reloads, crashes and sign-ins,
 * and marked. Never passwords, codes and hidden fields; a form or field with `data-no-draft` is left alone. The draft of
 * a form that was sent is deleted on the first page that comes back without an error.
 */
import { elementOf } from "../lib/events.js";
import { t } from "../lib/i18n.js";

/**
 * @import { Store } from "../lib/platform.js"
 *
 * @typedef {HTMLInputElement|HTMLTextAreaElement} Field
 * @typedef {{owner: string, values: Record<string, string>}} Draft   `owner`: the person's id, "" for nobody signed in
 */

const KEPT = "textarea, input:not([type]), input[type=text], input[type=email], input[type=url]";
const SECRET = /password|secret|token|code|invitation|^cc-/;
const PREFIX = "form ";
const SENT = "sent ";
const REFUSED = ".field__error, .flash--error:not([hidden]), .fault, [data-waits]";

/**
 * Restore drafts and begin to keep them. Delete those of another person, or of somebody who signed out.
 *
 * @param {Document} page @param {Store} store
 * @param {{path: string, isAnswer: boolean}} visit `isAnswer`: the page came by a form or a link, not by
 *   reloading or going back, as from a browser's own page about a server that can't be reached
 */
export function keepForms(page, store, { path, isAnswer }) {
  const owner = page.body.dataset.owner ?? "";
  forgetOthers(store, owner);
  if (isAnswer && !page.querySelector(REFUSED)) forgetSent(store);
  /** @type {Map<Element, string>} */
  const names = new Map();
  const selector = "form[method=post]:not([data-no-draft])";
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (page.querySelectorAll(selector))) {
    const name = `${path} ${nameOf(form)}`;
    names.set(form, name);
    restore(form, store, { name, owner });
  }
  page.addEventListener("input", (event) => {
    const field = /** @type {Field|null} */ (elementOf(event));
    const name = field?.form && names.get(field.form);
    if (field && name && isKept(field)) keep(field, store, { name, owner });
  });
  page.addEventListener("submit", (event) => {
    const form = elementOf(event);
    if (event.defaultPrevented || !form) return;
    if (form.matches("[data-sign-out]")) forgetAll(store);
    else if (names.has(form)) store.set(SENT + names.get(form), "");
  });
}

/** @param {HTMLFormElement} form */
function controlsOf(form) {
  // What a form's elements have in common: a name, a type and a value (HTML, section 4.10.2).
  return /** @type {Field[]} */ ([...form.elements]);
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  return controlsOf(form).filter((field) => field.name && isKept(field));
}

/** @param {Field} field */
function isKept(field) {
  const isSecret = SECRET.test(`${field.autocomplete} ${field.name}`);
  return field.matches(KEPT) && !field.matches("[data-no-draft]") && !isSecret;
}

/** Name a form by what it does, because pages have several that go to one address. @param {HTMLFormElement} form */
function nameOf(form) {
  const hidden = controlsOf(form).filter(
    ({ type, name }) => type === "hidden" && /^(action|\w+_id)$/.test(name),
  );
  return JSON.stringify([...hidden.map(({ value }) => value), ...fieldsOf(form).map(({ name }) => name)]);
}

/** @param {Field} field @param {Store} store @param {{name: string, owner: string}} form */
function keep(field, store, { name, owner }) {
  const draft = read(store, name)?.values ?? {};
  if (field.value === field.defaultValue) delete draft[field.name];
  else draft[field.name] = field.value;
  if (Object.keys(draft).length > 0) store.set(PREFIX + name, JSON.stringify({ owner, values: draft }));
  else store.remove(PREFIX + name);
  store.remove(SENT + name);
}

/** @param {HTMLFormElement} form @param {Store} store @param {{name: string, owner: string}} draft */
function restore(form, store, { name, owner }) {
  const kept = read(store, name);
  const values = kept?.owner === owner ? kept.values : {};
  const found = fieldsOf(form).filter((field) => field.name in values && field.value === field.defaultValue);
  const changed = found.filter((field) => values[field.name] !== field.value);
  for (const field of changed) field.value = values[field.name];
  if (changed.length > 0) form.prepend(noteOf(form, changed, () => store.remove(PREFIX + name)));
}

/**
 * Return a mark "Draft" with a button that discards it.
 *
 * @param {HTMLFormElement} form @param {Field[]} fields that have a draft @param {() => void} forget
 */
function noteOf(form, fields, forget) {
  const page = form.ownerDocument;
  const note = Object.assign(page.createElement("p"), { className: "draft-note" });
  const [badge, discard] = [page.createElement("span"), page.createElement("button")];
  Object.assign(badge, { className: "badge", textContent: t("Draft") });
  Object.assign(discard, { type: "button", className: "link", textContent: t("Discard") });
  discard.addEventListener("click", () => {
    for (const field of fields) field.value = field.defaultValue;
    forget();
    note.remove();
    fields[0].focus();
  });
  note.append(badge, discard);
  return note;
}

/** @param {Store} store @param {string} owner */
function forgetOthers(store, owner) {
  for (const name of namesFrom(store, PREFIX))
    if (read(store, name)?.owner !== owner && owner) remove(store, name);
}

/** @param {Store} store */
function forgetSent(store) {
  for (const name of namesFrom(store, SENT)) remove(store, name);
}

/** @param {Store} store */
function forgetAll(store) {
  for (const name of namesFrom(store, PREFIX)) remove(store, name);
}

/** @param {Store} store @param {string} prefix */
function namesFrom(store, prefix) {
  return store
    .names()
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

/** @param {Store} store @param {string} name */
function remove(store, name) {
  store.remove(PREFIX + name);
  store.remove(SENT + name);
}

/** @param {Store} store @param {string} name @returns {Draft|null} */
function read(store, name) {
  try {
    return JSON.parse(store.get(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}
