import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeTexts } from "../../static/js/board/text-merge.js";
import { createChance } from "./chance.js";

const LIST = "Milk\nBread\nEggs\nTea";

test("changes to different lines are both kept", () => {
  assert.equal(
    mergeTexts(LIST, "Milk 2l\nBread\nEggs\nTea", "Milk\nBread\nEggs\nGreen tea"),
    "Milk 2l\nBread\nEggs\nGreen tea",
  );
  assert.equal(
    mergeTexts(LIST, "Butter\nMilk\nBread\nEggs\nTea", "Milk\nBread\nTea"),
    "Butter\nMilk\nBread\nTea",
  );
});

test("changes to different words of one line are both kept", () => {
  const base = "Ship the box on Monday, says Anna, by train";
  assert.equal(
    mergeTexts(
      base,
      "Ship the box on Tuesday, says Anna, by train",
      "Ship the box on Monday, says Anna, by boat",
    ),
    "Ship the box on Tuesday, says Anna, by boat",
  );
});

test("who changes the same words differently has to choose", () => {
  assert.equal(mergeTexts("one two three", "one 2 three", "one zwei three"), null);
  assert.equal(mergeTexts("", "mine", "theirs"), null);
  assert.equal(mergeTexts(LIST, `${LIST}\nSalt`, `${LIST}\nPepper`), null);
  assert.equal(mergeTexts("a b c d", "a X c d", "a b Y d"), null, "neighbouring words touch");
});

test("nothing is made up and nothing is lost", () => {
  const chance = createChance(7);
  const words = ["red", "green", "blue", "\n", "gray", "\n\n", "x"];
  const text = (length) => Array.from({ length }, () => chance.pick(words)).join(" ");
  const edit = (base) => {
    const tokens = base.split(" ");
    tokens.splice(chance.below(tokens.length + 1), chance.below(3), `edit${chance.below(1e6)}`);
    return tokens.join(" ");
  };
  let merges = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const base = text(chance.below(30));
    const [mine, theirs] = [edit(base), edit(base)];
    assert.equal(mergeTexts(base, mine, base), mine);
    assert.equal(mergeTexts(base, base, theirs), theirs);
    assert.equal(mergeTexts(base, mine, mine), mine);
    const merged = mergeTexts(base, mine, theirs);
    assert.equal(mergeTexts(base, theirs, mine), merged, "the same whoever comes first");
    if (merged === null) continue;
    merges += 1;
    for (const side of [mine, theirs])
      assert.ok(merged.includes(/edit\d+/.exec(side)[0]), JSON.stringify([base, mine, theirs]));
  }
  assert.ok(merges > 500, `only ${merges} merged`);
});

test("a merge on top of a merge changes nothing", () => {
  const [mine, theirs] = [LIST.replace("Milk", "Milk 2l"), LIST.replace("Tea", "Green tea")];
  const merged = mergeTexts(LIST, mine, theirs);
  assert.equal(mergeTexts(LIST, mine, merged), merged);
});

test("a text as long as may be is merged without delay", () => {
  const base = Array.from({ length: 6_000 }, (_, line) => `line ${line}`);
  const [mine, theirs] = [base.with(3, "mine"), base.with(5_990, "theirs")];
  assert.equal(
    mergeTexts(...[base, mine, theirs].map((lines) => lines.join("\n"))),
    mine.with(5_990, "theirs").join("\n"),
  );
  const [other, another] = ["x ", "y "].map((word) => word.repeat(32_000));
  assert.equal(mergeTexts(base.join("\n"), other, another), null);
});

test("one merge compares only so much, however many places changed", () => {
  const [words, kept] = ["a b ".repeat(900), Array.from({ length: 16 }, (_, at) => `kept ${at}`)];
  const text = (change) => kept.map((line) => `${change(words)}\n${line}`).join("\n");
  const [base, mine, theirs] = [
    text((w) => w),
    text((w) => `x${w.slice(1)}y`),
    text((w) => `${w.slice(0, 1800)}z${w.slice(1801)}`),
  ];
  assert.ok(mergeTexts(base, mine, theirs) === null, "a person chooses");
});
