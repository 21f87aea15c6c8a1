/**
 * Keeps what is typed into the forms of the server's pages for this tab, through reloads, crashes and sign-ins, and
 * says so. Never passwords, codes and hidden fields; a form or field with `data-no-draft` is left alone. A form that
 * was sent is forgotten on the first page that comes back without an error.
 */

const KEPT = "textarea, input:not([type]), input[type=text], input[type=email], input[type=url]";
const SECRET = /password|secret|token|code|invitation|^cc-/;
const PREFIX = "form ";
const SENT = "sent ";
const REFUSED = ".field__error, .flash--error:not([hidden]), .fault, [data-waits]";

/**
 * Puts back what was kept and begins to keep. Drafts of another person, or of somebody who signed out, are forgotten.
 *
 * @param {Document} page @param {import("../lib/platform.js").Store} store
 * @param {{path: string, isAnswer: boolean}} visit `isAnswer`: the page came by a form or a link, not by
 *   reloading or going back, as from a browser's own page about a server that can't be reached
 */
export function keepForms(page, store, { path, isAnswer }) {
  const owner = page.body.dataset.owner ?? "";
  forgetOthers(store, owner);
  if (isAnswer && !page.querySelector(REFUSED)) forgetSent(store);
  const formsByName = new Map();
  for (const form of page.querySelectorAll("form[method=post]:not([data-no-draft])")) {
    const name = `${path} ${nameOf(form)}`;
    formsByName.set(form, name);
    putBack(form, store, { name, owner });
  }
  page.addEventListener("input", ({ target }) => keep(target, store, owner, formsByName.get(target.form)));
  page.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.target.matches("[data-sign-out]")) forgetAll(store);
    else if (formsByName.has(event.target)) store.set(SENT + formsByName.get(event.target), "");
  });
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && isKept(field));
}

function isKept(field) {
  const isSecret = SECRET.test(`${field.autocomplete} ${field.name}`);
  return field.matches(KEPT) && !field.matches("[data-no-draft]") && !isSecret;
}

/** By what the form does, because pages have several that go to one address. */
function nameOf(form) {
  const hidden = [...form.elements].filter(({ type, name }) => type === "hidden" && /^(action|\w+_id)$/.test(name));
  return JSON.stringify([...hidden.map(({ value }) => value), ...fieldsOf(form).map(({ name }) => name)]);
}

function keep(field, store, owner, form) {
  if (!form || !isKept(field)) return;
  const draft = read(store, form)?.values ?? {};
  if (field.value === field.defaultValue) delete draft[field.name];
  else draft[field.name] = field.value;
  if (Object.keys(draft).length > 0) store.set(PREFIX + form, JSON.stringify({ owner, values: draft }));
  else store.remove(PREFIX + form);
  store.remove(SENT + form);
}

function putBack(form, store, { name, owner }) {
  const kept = read(store, name);
  const values = kept?.owner === owner ? kept.values : {};
  const found = fieldsOf(form).filter((field) => field.name in values && field.value === field.defaultValue);
  const changed = found.filter((field) => values[field.name] !== field.value);
  for (const field of changed) field.value = values[field.name];
  if (changed.length > 0) form.prepend(noteOf(form, changed, () => store.remove(PREFIX + name)));
}

/** "Draft", and a button that takes it away again. */
function noteOf(form, fields, forget) {
  const page = form.ownerDocument;
  const make = (tag, properties) => Object.assign(page.createElement(tag), properties);
  const note = make("p", { className: "draft-note" });
  const discard = make("button", { type: "button", className: "link", textContent: "Discard" });
  discard.addEventListener("click", () => {
    for (const field of fields) field.value = field.defaultValue;
    forget();
    note.remove();
    fields[0].focus();
  });
  note.append(make("span", { className: "badge", textContent: "Draft" }), discard);
  return note;
}

function forgetOthers(store, owner) {
  for (const name of namesOf(store, PREFIX)) if (read(store, name)?.owner !== owner && owner) drop(store, name);
}

function forgetSent(store) {
  for (const name of namesOf(store, SENT)) drop(store, name);
}

function forgetAll(store) {
  for (const name of namesOf(store, PREFIX)) drop(store, name);
}

function namesOf(store, prefix) {
  return store.names().filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function drop(store, name) {
  store.remove(PREFIX + name);
  store.remove(SENT + name);
}

function read(store, name) {
  try {
    return JSON.parse(store.get(PREFIX + name));
  } catch {
    return null;
  }
}
