import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, keyBetween } from "../../static/js/board/ordering.js";
import { createChance } from "./chance.js";

const fraction = (key) => key.slice(key[0] >= "a" ? key.charCodeAt(0) - 95 : 92 - key.charCodeAt(0));

function insertAtRandom(count, chance) {
  const keys = [];
  for (let made = 0; made < count; made += 1) {
    const at = chance.below(keys.length + 1);
    keys.splice(at, 0, keyBetween(keys[at - 1], keys[at]));
  }
  return keys;
}

test("10,000 random inserts stay strictly ordered, with short keys", () => {
  const keys = insertAtRandom(10_000, createChance(1));
  for (let at = 1; at < keys.length; at += 1)
    assert.ok(keys[at - 1] < keys[at], `${keys[at - 1]} < ${keys[at]}`);
  assert.ok(keys.every((key) => !fraction(key).endsWith("0")));
  assert.ok(Math.max(...keys.map((key) => key.length)) <= 16);
});

test("byte order is code unit order", () => {
  const keys = insertAtRandom(500, createChance(2));
  const bytewise = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  assert.deepEqual(bytewise, keys);
});

for (const [name, step] of [
  ["end", (key) => keyBetween(key, null)],
  ["front", (key) => keyBetween(null, key)],
]) {
  test(`10,000 inserts at the ${name} cost five characters at most`, () => {
    let key = keyBetween(null, null);
    for (let made = 0; made < 10_000; made += 1) {
      const next = step(key);
      assert.ok(name === "end" ? key < next : next < key);
      key = next;
    }
    assert.ok(key.length <= 5, key);
  });
}

test("1,000 inserts into the same gap grow by a character for each five", () => {
  for (const towards of ["low", "high"]) {
    let [low, high] = ["a0", "a1"];
    for (let made = 0; made < 1_000; made += 1) {
      const key = keyBetween(low, high);
      assert.ok(low < key && key < high);
      if (towards === "low") high = key;
      else low = key;
    }
    assert.ok(Math.max(low.length, high.length) <= 2 + 1_000 / 5 + 2);
  }
});

test("says the same as the server for the same neighbours", () => {
  const known = [
    [null, null, "a0"],
    ["a0", null, "a1"],
    ["az", null, "b00"],
    [null, "a0", "Zz"],
    [null, "Z0", "Yzz"],
    ["a0", "a1", "a0V"],
    ["a0", "a0V", "a0F"],
    ["a0V", "a1", "a0k"],
    ["Zz", "a0", "ZzV"],
    ["a0", "b00", "a1"],
  ];
  for (const [low, high, key] of known) assert.equal(keyBetween(low, high), key);
});

test("refuses what can't be ordered", () => {
  for (const [low, high] of [
    ["a1", "a0"],
    ["a0", "a0"],
    ["", null],
    ["a", null],
    ["a0é", null],
    ["a00", null],
    ["!", "a0"],
  ]) {
    assert.throws(() => keyBetween(low, high), RangeError);
  }
});

test("equal positions are ordered by id", () => {
  assert.equal(compare("a0", "x", "a0", "y"), -1);
  assert.equal(compare("a0", "y", "a0", "x"), 1);
  assert.equal(compare("a1", "x", "a0", "y"), 1);
  assert.equal(compare("a0", "x", "a0", "x"), 0);
});
