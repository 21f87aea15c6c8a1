import assert from "node:assert/strict";
import { test } from "node:test";
import { path } from "../../static/js/board/actions/action.js";
import { createApi, RequestError } from "../../static/js/board/api.js";
import { newId } from "../../static/js/board/identity.js";

function answering(status, body, headers = {}) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push({ url, ...options });
    return new Response(body === null ? null : JSON.stringify(body), { status, headers });
  };
  return { asked, api: createApi({ csrfToken: "token", fetch }) };
}

test("a mutation carries its id, the CSRF token and JSON, and answers the board's seq", async () => {
  const { asked, api } = answering(200, { id: "t" }, { "Board-Seq": "42" });
  const answer = await api.send({ method: "PATCH", path: "/tasks/t", body: { title: "x" } }, "mutation");
  assert.deepEqual(answer, { body: { id: "t" }, seq: 42 });
  const [{ url, method, headers, body, redirect }] = asked;
  assert.deepEqual([url, method, body, redirect], ["/api/v1/tasks/t", "PATCH", '{"title":"x"}', "error"]);
  assert.equal(headers["Idempotency-Key"], "mutation");
  assert.equal(headers["X-CSRFToken"], "token");
  assert.equal(headers["Content-Type"], "application/json");
});

test("an empty answer is an answer", async () => {
  const { api } = answering(204, null, { "Board-Seq": "7" });
  assert.deepEqual(await api.send({ method: "DELETE", path: "/tasks/t" }, "m"), { body: null, seq: 7 });
});

test("a success that is not the board's (a captive portal) does not confirm anything", async () => {
  const { api } = answering(200, { welcome: "to the hotel" });
  await assert.rejects(api.send({ method: "DELETE", path: "/tasks/t" }, "m"), TypeError);
});

test("a refusal is a RequestError with the problem; a page in its place still has its status", async () => {
  const { api } = answering(
    429,
    { title: "Slow down", detail: "Too many.", status: 429 },
    { "Retry-After": "5" },
  );
  await assert.rejects(api.get("/boards/b/snapshot"), (error) => {
    assert.ok(error instanceof RequestError);
    assert.deepEqual([error.status, error.retryAfter, error.problem.detail], [429, 5, "Too many."]);
    return true;
  });
  const proxy = createApi({
    csrfToken: "",
    fetch: async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }),
  });
  await assert.rejects(proxy.get("/x"), (error) => error instanceof RequestError && error.status === 502);
});

test("an id can't leave its place in a path", () => {
  assert.equal(path`/tasks/${"../boards/b?x=#y"}/move`, "/tasks/..%2Fboards%2Fb%3Fx%3D%23y/move");
});

test("ids are UUIDs of version 7 and sort by time", () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const ids = [1, 1_000, 1_700_000_000_000, 2 ** 47].map((now) => newId(now));
  for (const id of ids) assert.match(id, shape);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(newId(1_700_000_000_000).slice(0, 13), "018bcfe5-6800");
  assert.equal(new Set(Array.from({ length: 1_000 }, () => newId(5))).size, 1_000);
});
