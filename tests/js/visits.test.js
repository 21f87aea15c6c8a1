import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes.js";

/** A page with what a visit needs of the browser. */
function open({ prerendering }) {
  const page = new EventTarget();
  globalThis.document = Object.assign(page, { visibilityState: "visible", prerendering });
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
  const saved = [];
  const history = {
    lastVisit: async () => null,
    saveVisit: async (seq) => saved.push(seq),
  };
  const board = { peek: () => ({ id: "b", seq: 7 }) };
  return { board: { session: { board, history }, screen: {} }, saved };
}

test("a page that is loaded ahead is not a visit", async () => {
  const { followVisit } = await import("../../static/js/board/visits.js");
  for (const [prerendering, seqs] of [
    [false, [7]],
    [true, []],
  ]) {
    const { board, saved } = open({ prerendering });
    const stop = followVisit(board);
    await settle();
    stop();
    assert.deepEqual(saved, seqs);
  }
});
