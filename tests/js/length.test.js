import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { createApi } from "../../static/js/board/api.js";
import { readLines } from "../../static/js/board/lines.js";
import { sayRefused } from "../../static/js/board/wording.js";
import {
  LIMITS,
  graphemesOf,
  excessOf,
  replaceLoneSurrogates,
  sayExcess,
  shorten,
} from "../../static/js/lib/length.js";
import { watchLimits } from "../../static/js/lib/limited-fields.js";

const ROOT = new URL("../../", import.meta.url);
const FAMILY = "👨‍👩‍👧";
const NAMES = {
  title: "TITLE",
  name: "NAME",
  description: "DESCRIPTION",
  comment: "COMMENT",
  url: "URL",
  tasks: "TASKS",
  items: "CHECKLIST_ITEMS",
  checklists: "CHECKLISTS",
};

/** Without Intl.Segmenter, as older browsers are. */
function withoutSegmenter(work) {
  const known = Intl.Segmenter;
  try {
    Intl.Segmenter = undefined;
    work();
  } finally {
    Intl.Segmenter = known;
  }
}

test("the limits are the server's", () => {
  const python = readFileSync(new URL("board/domain/limits.py", ROOT), "utf8");
  for (const [name, limit] of Object.entries(LIMITS)) {
    const [, value] = python.match(new RegExp(`^${NAMES[name]} = ([\\d_* ]+)$`, "m"));
    const product = value.split("*").reduce((whole, part) => whole * Number(part.replaceAll("_", "")), 1);
    assert.equal(product, limit, name);
  }
});

test("what fits is counted as the server does, what is over as people do", () => {
  const cases = [
    ["x".repeat(500), 500, 0],
    ["x".repeat(512), 500, 12],
    ["😀".repeat(500), 500, 0],
    ["😀".repeat(501), 500, 1],
    [FAMILY.repeat(100), 500, 0],
    [FAMILY.repeat(101), 500, 1],
    ["e\u0301".repeat(251), 500, 1],
    ["", 500, 0],
    ["x".repeat(300_000), 500, 299_500],
  ];
  for (const [text, limit, over] of cases)
    assert.equal(excessOf(text, limit), over, `${text.length} of ${limit}`);
  assert.equal(sayExcess("x".repeat(512), 500), "12 characters too long (at most 500)");
  assert.equal(sayExcess("x".repeat(501), 500), "1 character too long (at most 500)");
  assert.equal(sayExcess("x", 500), "");
  withoutSegmenter(() => {
    assert.deepEqual(graphemesOf("a😀"), ["a", "😀"]);
    assert.equal(excessOf("😀".repeat(501), 500), 1);
  });
});

test("an abbreviation never has half a character", () => {
  for (const character of ["😀", FAMILY, "e\u0301"]) {
    const short = shorten(character.repeat(200), 60);
    assert.equal(short, `${character.repeat(59)}…`);
    assert.match(
      sayRefused({ name: "editTask", args: {}, about: `${"x".repeat(58)}${character.repeat(9)}` }, 0),
      new RegExp(`x${character}…”`),
    );
  }
  assert.equal(shorten("short", 60), "short");
  withoutSegmenter(() => assert.equal(shorten("😀".repeat(200), 60), `${"😀".repeat(59)}…`));
});

test("half a character that somebody pastes is mended before it is sent", async () => {
  const sent = [];
  const answer = new Response("{}", { headers: { "Board-Seq": "1" } });
  const api = createApi({
    csrfToken: "t",
    fetch: async (_path, { body }) => (sent.push(body), answer.clone()),
  });
  await api.send({ method: "POST", path: "/x", body: { title: "a\ud83d", deep: ["\ude00b", "😀"] } }, "m");
  await api.change("PATCH", "/me", { name: "\ud83d" });
  assert.deepEqual(sent.map(JSON.parse), [{ title: "a\ufffd", deep: ["\ufffdb", "😀"] }, { name: "\ufffd" }]);
  assert.equal(
    replaceLoneSurrogates(Object.assign(Object("a\ud83d😀"), { toWellFormed: undefined })),
    "a\ufffd😀",
  );
});

test("every pasted line becomes a thing; nothing is made while one is too long", () => {
  const lines = (count) =>
    Array.from({ length: count }, (_, index) => `Line ${index + 1} ${"of a long list ".repeat(5)}`.trim());
  const options = { room: 1000, word: "card" };
  const many = readLines(lines(400).join("\r\n"), options);
  assert.deepEqual([many.titles, many.rest, many.problem, many.hint], [lines(400), "", "", "Adds 400 cards"]);
  assert.deepEqual(readLines(" one \n\n\u2028two\r three ", options).titles, ["one", "two", "three"]);
  assert.deepEqual(readLines("one", options), { titles: ["one"], rest: "", problem: "", hint: "" });

  const text = `fits\n${"x".repeat(700)}\n${"y".repeat(501)}`;
  const problem = "Line 2 is 200 characters too long (at most 500), and 1 other line too";
  assert.deepEqual(readLines(text, options), { titles: [], rest: text, problem, hint: "" });
  assert.equal(readLines("x".repeat(700), options).problem, "200 characters too long (at most 500)");
});

test("what a board has no room for stays in the box", () => {
  const over = readLines("a\nb\nc", { room: 2, word: "item" });
  assert.deepEqual(over, {
    titles: ["a", "b"],
    rest: "c",
    problem: "Adds 2 of 3 items; the rest stays here",
    hint: "",
  });
  assert.deepEqual(readLines("a", { room: -1, word: "item" }), {
    titles: [],
    rest: "a",
    problem: "There is no room for another item",
    hint: "",
  });
  const flood = readLines("x\n".repeat(4000), { room: 10_000, word: "card" });
  assert.deepEqual(
    [flood.titles.length, flood.problem],
    [500, "Adds 500 of 4000 cards; the rest stays here"],
  );
  assert.equal(flood.rest.split("\n").length, 3500);
});

/** A field that keeps what it is told, as an input does. */
function createField(value) {
  const field = { value, dataset: { limit: "5" }, validity: { customError: false }, reported: 0, says: "" };
  field.closest = () => null;
  field.setCustomValidity = (says) => Object.assign(field, { says, validity: { customError: says !== "" } });
  field.reportValidity = () => (field.reported += 1);
  return field;
}

test("a field of a form says what is too long once, keeps it, and is let go when it fits", () => {
  const field = createField("1234567");
  const page = { querySelectorAll: () => [field], addEventListener: (_name, act) => (page.type = act) };
  watchLimits(page);
  assert.equal(field.says, "2 characters too long (at most 5)");
  const typed = (value) => page.type({ target: Object.assign(field, { value }) });
  typed("12345");
  assert.deepEqual([field.says, field.reported], ["", 0]);
  typed("123456");
  typed("1234567");
  assert.deepEqual([field.value, field.reported], ["1234567", 1]);
  page.type({ target: { dataset: {} } });
});

test("no field cuts what is pasted: `maxlength` is used nowhere", () => {
  const [scripts, pages] = ["static/js", "templates"].map((path) => new URL(path, ROOT));
  for (const root of [scripts, pages]) {
    for (const name of readdirSync(root, { recursive: true }).filter((one) => /\.(js|html)$/.test(one))) {
      const text = readFileSync(`${root.pathname}/${name}`, "utf8");
      assert.doesNotMatch(text, /maxlength\s*=|\.maxLength\b/i, name);
    }
  }
});
