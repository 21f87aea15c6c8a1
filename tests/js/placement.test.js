import assert from "node:assert/strict";
import { test } from "node:test";
import { isSamePlace, neighbours } from "../../static/js/board/placement.js";
import { createChance } from "./chance.js";

/** The list after the server has put `moving` right after `after`, else right before `before`. */
function moved(ids, moving, { after, before }) {
  const rest = ids.filter((id) => id !== moving);
  const at = after === null ? rest.indexOf(before) : rest.indexOf(after) + 1;
  return rest.toSpliced(before === null && after === null ? rest.length : at, 0, moving);
}

test("a drop under any filter lands where the visible cards say, and its neighbours really are neighbours", () => {
  const chance = createChance(7);
  for (let round = 0; round < 3000; round += 1) {
    const ids = Array.from({ length: chance.below(9) }, (_, index) => `t${index}`);
    const moving = ids.length && chance.happens(0.5) ? chance.pick(ids) : "new";
    const visible = ids.filter((id) => id === moving || chance.happens(0.5));
    const shown = visible.filter((id) => id !== moving);
    const beforeId = chance.happens(0.3) || !shown.length ? null : chance.pick(shown);

    const place = neighbours(ids, visible, moving, beforeId);
    const rest = ids.filter((id) => id !== moving);
    if (place.after && place.before) assert.equal(rest.indexOf(place.before) - rest.indexOf(place.after), 1);

    const result = moved(ids, moving, place).filter((id) => id === moving || shown.includes(id));
    const wanted = shown.toSpliced(beforeId === null ? shown.length : shown.indexOf(beforeId), 0, moving);
    assert.deepEqual(result, wanted, `${ids} shown ${visible}, ${moving} before ${beforeId}`);
  }
});

test("hidden cards stay behind the visible one they follow", () => {
  const place = neighbours(["a", "hidden", "b"], ["a", "b"], "new", "b");
  assert.deepEqual(place, { after: "a", before: "hidden" });
});

test("at the top, the card goes right in front of the first visible one", () => {
  assert.deepEqual(neighbours(["hidden", "a"], ["a"], "new", "a"), { after: "hidden", before: "a" });
});

test("where nothing is visible, the card goes to the end", () => {
  assert.deepEqual(neighbours(["x", "y"], [], "new", null), { after: "y", before: null });
  assert.deepEqual(neighbours([], [], "new", null), { after: null, before: null });
});

test("a drop in its own place is no move", () => {
  const ids = ["a", "b", "c"];
  assert.ok(isSamePlace(ids, "b", neighbours(ids, ids, "b", "c")));
  assert.ok(!isSamePlace(ids, "b", neighbours(ids, ids, "b", "a")));
  assert.ok(!isSamePlace(ids, "new", { after: null, before: "a" }));
});
