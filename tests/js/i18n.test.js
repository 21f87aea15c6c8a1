import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatDate,
  formatList,
  formatNumber,
  formatRelativeTime,
  language,
  regional,
  rich,
  t,
  tn,
  translate,
  translateCount,
} from "../../static/js/lib/i18n.js";

const ARABIC = {
  "{count} card": {
    zero: "لا بطاقات",
    one: "بطاقة واحدة",
    two: "بطاقتان",
    few: "{count} بطاقات",
    many: "{count} بطاقة",
    other: "{count} بطاقة ما",
  },
};

test("without a catalogue a message is the English text with its values", () => {
  assert.equal(language, "en");
  assert.equal(t("Add card"), "Add card");
  assert.equal(t("Moved to {column}", { column: "Done" }), "Moved to Done");
  assert.equal(t("{a} and {b}", { a: "{b}", b: "x" }), "{b} and x");
  assert.equal(t("Keep {this}"), "Keep {this}");
});

test("a number chooses the form, and is written as the language does", () => {
  assert.equal(tn("{count} card", "{count} cards", 1), "1 card");
  assert.equal(
    tn("{count} card of {name}", "{count} cards of {name}", 0, { name: "Anna" }),
    "0 cards of Anna",
  );
  assert.equal(tn("{count} card", "{count} cards", 1200), "1,200 cards");
});

test("a catalogue's text takes the place of the message", () => {
  const french = { "Moved to {column}": "Déplacée vers {column}" };
  assert.equal(translate(french, "Moved to {column}", { column: "Fait" }), "Déplacée vers Fait");
  assert.equal(translate(french, "Add card"), "Add card");
});

for (const [count, expected] of [
  [0, "لا بطاقات"],
  [1, "بطاقة واحدة"],
  [2, "بطاقتان"],
  [3, "3 بطاقات"],
  [11, "11 بطاقة"],
  [100, "100 بطاقة ما"],
]) {
  test(`Arabic has its own form for ${count}`, () => {
    assert.equal(
      translateCount(ARABIC, "{count} card", "{count} cards", { count }, "ar-u-nu-latn"),
      expected,
    );
  });
}

test("elements stand in the places of their names", () => {
  const bold = { tag: "b" };
  assert.deepEqual(rich("By {who}, now", { who: bold }), ["By ", bold, ", now"]);
});

test("a language is written as the browser's region does", () => {
  assert.equal(regional("en", ["fr", "en-GB", "en-US"]), "en-GB");
  assert.equal(regional("en", ["de-AT"]), "en");
});

test("numbers, dates, lists and relative time are the language's", () => {
  assert.equal(formatNumber(12345.5), "12,345.5");
  assert.equal(
    formatDate("2026-11-24T12:00:00Z", { dateStyle: "long", timeZone: "UTC" }),
    "November 24, 2026",
  );
  assert.equal(formatList(["a", "b", "c"]), "a, b, and c");
  assert.equal(formatList(["a", "b"], "or"), "a or b");
  assert.equal(formatRelativeTime(-3, "minute"), "3 minutes ago");
  assert.equal(formatRelativeTime(1, "day"), "tomorrow");
});
