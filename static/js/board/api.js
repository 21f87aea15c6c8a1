/** The HTTP API as the browser uses it: session cookie, CSRF token, problems as errors. */
import { mendHalves } from "../lib/length.js";
import { newId } from "./identity.js";
import { serverTime } from "./server-time.js";

/** @import { Problem } from "./types.js" */

const ROOT = "/api/v1";
const TIMEOUT_MS = 30_000;

/** The server answered no; `problem` is its RFC 9457 body, `status` 4xx or 5xx. */
export class RequestError extends Error {
  /** @param {Problem} problem @param {number|null} retryAfter seconds */
  constructor(problem, retryAfter = null) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.status = problem.status;
    this.retryAfter = retryAfter;
  }
}

/**
 * A client of the API.
 *
 * @param {{csrfToken: string, token?: string, fetch?: typeof fetch}} options `token`: of a public link, instead of the cookie
 * @returns `{get(path), getSnapshot(path), send(request, mutationId), change(method, path, body), upload(path, file), csrfToken}`; rejects with RequestError when the
 *   server refuses, with TypeError or a DOMException when it can't be reached
 */
export function createApi({ csrfToken, token, fetch = globalThis.fetch.bind(globalThis) }) {
  const bearer = token ? { Authorization: `Bearer ${token}` } : {};
  const get = (path) => call("GET", path).then(({ body }) => body);
  const api = { csrfToken, get, getSnapshot, send, change, upload, askTime };

  /** A board, with the mutation id of the change at its seq. */
  async function getSnapshot(path) {
    const { body, mutation } = await call("GET", path);
    return { ...body, mutation };
  }

  async function send({ method, path, body, headers: conditions }, mutation) {
    const headers = { "Idempotency-Key": mutation, "X-CSRFToken": api.csrfToken, ...conditions };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await call(method, path, headers, body === undefined ? undefined : toJson(body));
    if (answer.seq === null) throw new TypeError("an answer without Board-Seq is not the board's (a captive portal?)");
    return answer;
  }

  /** Changes what is not on a board. `keepalive`: goes out even when the page is being left. */
  async function change(method, path, body, keepalive = false) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": api.csrfToken };
    return (await call(method, path, headers, toJson(body), { keepalive })).body;
  }

  async function upload(path, file) {
    const form = new FormData();
    form.append("file", file);
    const headers = { "Idempotency-Key": newId(), "X-CSRFToken": api.csrfToken };
    return (await call("POST", path, headers, form)).body;
  }

  async function call(method, path, headers = {}, body = undefined, options = {}) {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const request = { method, headers: { Accept: "application/json", ...bearer, ...headers }, body, signal, ...options };
    return readAnswer(await ask(ROOT + path, request));
  }

  /** Every answer says what time it is at the server. */
  async function ask(address, request) {
    const askedAt = Date.now();
    const answer = await fetch(address, { ...request, credentials: "same-origin", cache: "no-store", redirect: "error" });
    serverTime.heed({ date: answer.headers.get("Date"), askedAt, heardAt: Date.now() });
    return answer;
  }

  /** Asks for nothing but the time. */
  async function askTime() {
    await ask("/healthz", { method: "HEAD", signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  return api;
}

/** The server can't store half a character, which a program that cuts by UTF-16 units puts on the clipboard. */
function toJson(body) {
  return JSON.stringify(body, (name, value) => (typeof value === "string" ? mendHalves(value) : value));
}

async function readAnswer(answer) {
  const body = await answer.json().catch(() => null);
  if (!answer.ok) {
    const problem = { title: answer.statusText, detail: "", ...body, status: answer.status };
    throw new RequestError(problem, Number.parseInt(answer.headers.get("Retry-After"), 10) || null);
  }
  const mutation = answer.headers.get("Board-Mutation");
  return { body, seq: Number.parseInt(answer.headers.get("Board-Seq"), 10) || null, ...(mutation && { mutation }) };
}
