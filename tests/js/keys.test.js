import assert from "node:assert/strict";
import { test } from "node:test";
import { guardKeys, isComposing, letterOf } from "../../static/js/lib/keys.js";

test("a letter is the same with Caps Lock, and on layouts of other scripts", () => {
  for (const [key, code] of [
    ["z", "KeyZ"],
    ["Z", "KeyZ"],
    ["я", "KeyZ"],
    ["Я", "KeyZ"],
    ["ζ", "KeyZ"],
    ["ئ", "KeyZ"],
    ["ז", "KeyZ"],
    ["ㅋ", "KeyZ"],
    ["Process", "KeyZ"],
    ["z", "KeyY"],
    ["z", "KeyW"],
    ["z", ""],
  ])
    assert.equal(letterOf({ key, code }), "z", `${key} at ${code}`);
});

test("what is no letter has none, wherever it is", () => {
  for (const [key, code] of [
    [";", "KeyZ"],
    ["Enter", "Enter"],
    ["ArrowUp", "ArrowUp"],
    ["Dead", "KeyZ"],
    ["я", "Quote"],
    ["1", "Digit1"],
    [" ", "Space"],
  ])
    assert.equal(letterOf({ key, code }), "", `${key} at ${code}`);
});

test("an input method composes until its last key, in every browser's order", () => {
  assert.ok(isComposing({ isComposing: true, keyCode: 13 }));
  assert.ok(isComposing({ isComposing: false, keyCode: 229 }));
  assert.ok(!isComposing({ isComposing: false, keyCode: 13 }));
});

function press(event, field) {
  const seen = { stopped: false, prevented: false };
  let listener;
  guardKeys({ addEventListener: (_name, given, capture) => capture && (listener = given) });
  listener({
    target: { closest: () => (field ? {} : null) },
    stopImmediatePropagation: () => (seen.stopped = true),
    preventDefault: () => (seen.prevented = true),
    ...event,
  });
  return seen;
}

test("the Enter that ends composing neither acts nor sends a form", () => {
  assert.deepEqual(press({ key: "Enter", keyCode: 229, isComposing: false }, true), {
    stopped: true,
    prevented: true,
  });
  assert.deepEqual(press({ key: "Enter", keyCode: 229, isComposing: true }, true), {
    stopped: true,
    prevented: false,
  });
  assert.deepEqual(press({ key: "Escape", keyCode: 229, isComposing: true }, true), {
    stopped: true,
    prevented: false,
  });
  assert.deepEqual(press({ key: "Enter", keyCode: 13 }, true), { stopped: false, prevented: false });
});

test("a finger that rests on Enter or space presses a control once, and types on in a field", () => {
  for (const key of ["Enter", " "]) {
    assert.deepEqual(press({ key, repeat: true }, false), { stopped: true, prevented: true });
    assert.deepEqual(press({ key, repeat: true }, true), { stopped: false, prevented: false });
    assert.deepEqual(press({ key, repeat: false }, false), { stopped: false, prevented: false });
  }
  assert.ok(!press({ key: "ArrowDown", repeat: true }, false).stopped);
});
