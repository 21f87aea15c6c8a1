import assert from "node:assert/strict";
import { test } from "node:test";
import { keepForms } from "../../static/js/pages/form-drafts.js";
import { Store } from "../../static/js/lib/platform.js";

/** As much of a field as the module asks for. */
function createField(name, { type = "text", value = "", autocomplete = "" } = {}) {
  const isText = ["text", "email", "url"].includes(type);
  const matches = (selector) => !selector.includes("data-no-draft") && isText;
  return { name, type, value, defaultValue: value, autocomplete, matches, closest: () => null, focus() {} };
}

/** A page with one form; `shows` are the selectors that it has something for. */
function createPage(fields, { owner, shows = [] } = {}) {
  const page = Object.assign(new EventTarget(), { body: { dataset: owner ? { owner } : {} } });
  page.made = [];
  page.createElement = (tag) => {
    const element = Object.assign(new EventTarget(), { tag, append() {}, remove: () => (page.note = null) });
    page.made.push(element);
    return element;
  };
  const form = {
    elements: fields,
    ownerDocument: page,
    isSignOut: false,
    matches: () => form.isSignOut,
    closest: () => null,
  };
  form.prepend = (note) => (page.note = note);
  for (const field of fields) field.form = form;
  page.querySelectorAll = () => [form];
  page.querySelector = (selector) => (shows.some((one) => selector.includes(one)) ? {} : null);
  const say = (name, target) => {
    const event = new Event(name);
    Object.defineProperty(event, "target", { value: target });
    page.dispatchEvent(event);
  };
  page.type = (name, value) => {
    const field = fields.find((one) => one.name === name);
    field.value = value;
    say("input", field);
  };
  page.submit = () => say("submit", form);
  page.signOut = () => {
    form.isSignOut = true;
    say("submit", form);
  };
  page.values = () => Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return page;
}

const FIELDS = () => [
  createField("csrf_token", { type: "hidden", value: "secret" }),
  createField("name", { value: "Anna" }),
  createField("email", { type: "email" }),
  createField("password", { type: "password" }),
  createField("invitation"),
  createField("answer", { autocomplete: "one-time-code" }),
];

function createTab(store = new Store(() => null)) {
  const visit = (options = {}) => {
    const page = createPage(FIELDS(), options);
    keepForms(page, store, { path: "/profile", isAnswer: options.isAnswer ?? true });
    return page;
  };
  return { store, visit };
}

test("what is typed is there again, marked, and no secret is kept", () => {
  const { store, visit } = createTab();
  const page = visit({ owner: "anna" });
  assert.ok(!page.note);
  for (const name of ["name", "email", "password", "invitation", "answer"]) page.type(name, `typed ${name}`);
  const again = visit({ owner: "anna" });
  assert.ok(again.note);
  const { name, email, password, invitation, answer } = again.values();
  assert.deepEqual([name, email, password, invitation, answer], ["typed name", "typed email", "", "", ""]);
  const kept = store.names().map((one) => store.get(one));
  assert.doesNotMatch(kept.join(), /password|invitation|answer|secret/);
  again.type("name", "Anna");
  again.type("email", "");
  assert.deepEqual(store.names(), []);
});

test("a form that was sent is forgotten once a page comes back without an error", () => {
  for (const [options, isKept] of [
    [{}, false],
    [{ shows: [".field__error"] }, true],
    [{ shows: [".fault"] }, true],
    [{ shows: ["[data-waits]"] }, true],
    [{ isAnswer: false }, true],
  ]) {
    const { store, visit } = createTab();
    const page = visit({ owner: "anna" });
    page.type("name", "Anna Lind");
    page.submit();
    const next = visit({ owner: "anna", ...options });
    assert.equal(next.values().name, isKept ? "Anna Lind" : "Anna", JSON.stringify(options));
    assert.equal(
      store.names().some((name) => name.startsWith("form ")),
      isKept,
    );
  }
});

test("drafts are nobody else's: of another person, or after signing out", () => {
  const { store, visit } = createTab();
  visit({ owner: "anna" }).type("name", "Anna Lind");
  assert.equal(visit().values().name, "Anna");
  assert.equal(visit({ owner: "anna" }).values().name, "Anna Lind");
  assert.equal(visit({ owner: "bruno" }).values().name, "Anna");
  assert.deepEqual(store.names(), []);
  const page = visit({ owner: "anna" });
  page.type("name", "Anna Lind");
  page.signOut();
  assert.deepEqual(store.names(), []);
});

test("a store that throws keeps nothing beyond the page and breaks nothing", () => {
  const { visit } = createTab(
    new Store(() => {
      throw new DOMException("blocked", "SecurityError");
    }),
  );
  const page = visit({ owner: "anna" });
  page.type("name", "Anna Lind");
  page.submit();
  assert.equal(page.values().name, "Anna Lind");
});

test("Discard brings back what the server had", () => {
  const { store, visit } = createTab();
  visit({ owner: "anna" }).type("name", "Anna Lind");
  const page = visit({ owner: "anna" });
  assert.equal(page.values().name, "Anna Lind");
  page.made.find(({ tag }) => tag === "button").dispatchEvent(new Event("click"));
  assert.deepEqual([page.values().name, page.note, store.names()], ["Anna", null, []]);
});
