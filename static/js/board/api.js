/** The HTTP API as the browser uses it: session cookie, CSRF token, problems as errors. */
import { replaceLoneSurrogates } from "../lib/length.js";
import { newId } from "./identity.js";
import { serverTime } from "./server-time.js";

/** @import { Problem, Request, Snapshot } from "./types.js" */

/** @typedef {{body: unknown, seq: number|null, mutation?: string}} Answer   what a route returned; `seq` by Board-Seq */

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

/** What the server said against a request; undefined where none answered. @param {unknown} error */
export function problemOf(error) {
  return error instanceof RequestError ? error.problem : undefined;
}

/**
 * A client of the API.
 *
 * What a route returns has the type that its caller expects: the API's contract tests hold the two together.
 *
 * @param {{csrfToken: string, token?: string, fetch?: typeof globalThis.fetch}} options `token`: of a public link, instead
 *   of the cookie
 * @returns `{get(path), getSnapshot(path), send(request, mutationId), change(method, path, body), upload(path, file), csrfToken}`; rejects with RequestError when the
 *   server refuses, with TypeError or a DOMException when it can't be reached
 */
export function createApi({ csrfToken, token, fetch = globalThis.fetch.bind(globalThis) }) {
  /** @type {Record<string, string>} */
  const bearer = token ? { Authorization: `Bearer ${token}` } : {};
  const api = { csrfToken, get, getSnapshot, send, change, upload, askTime };

  /** @template T @param {string} path @returns {Promise<T>} */
  async function get(path) {
    return /** @type {T} */ ((await call("GET", path)).body);
  }

  /** A board, with the mutation id of the change at its seq. @param {string} path @returns {Promise<Snapshot>} */
  async function getSnapshot(path) {
    const { body, mutation } = await call("GET", path);
    return { .../** @type {Snapshot} */ (body), mutation };
  }

  /**
   * Changes a board.
   *
   * @template T
   * @param {Request} request @param {string} mutation its id
   * @returns {Promise<{body: T, seq: number, mutation?: string}>}
   */
  async function send({ method, path, body, headers: conditions }, mutation) {
    /** @type {Record<string, string>} */
    const headers = { "Idempotency-Key": mutation, "X-CSRFToken": api.csrfToken, ...conditions };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await call(method, path, { headers, body: body === undefined ? undefined : toJson(body) });
    const { seq } = answer;
    if (seq === null)
      throw new TypeError("an answer without Board-Seq is not the board's (a captive portal?)");
    return { ...answer, body: /** @type {T} */ (answer.body), seq };
  }

  /**
   * Changes what is not on a board.
   *
   * @template T
   * @param {string} method @param {string} path @param {unknown} body
   * @param {boolean} keepalive goes out even when the page is being left
   * @returns {Promise<T>}
   */
  async function change(method, path, body, keepalive = false) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": api.csrfToken };
    return /** @type {T} */ ((await call(method, path, { headers, body: toJson(body), keepalive })).body);
  }

  /** @template T @param {string} path @param {File} file @returns {Promise<T>} */
  async function upload(path, file) {
    const form = new FormData();
    form.append("file", file);
    const headers = { "Idempotency-Key": newId(), "X-CSRFToken": api.csrfToken };
    return /** @type {T} */ ((await call("POST", path, { headers, body: form })).body);
  }

  /** @param {string} method @param {string} path @param {RequestInit & {headers?: Record<string, string>}} options */
  async function call(method, path, { headers = {}, ...options } = {}) {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const request = {
      method,
      headers: { Accept: "application/json", ...bearer, ...headers },
      signal,
      ...options,
    };
    return readAnswer(await ask(ROOT + path, request));
  }

  /** Every answer says what time it is at the server. @param {string} address @param {RequestInit} request */
  async function ask(address, request) {
    const askedAt = Date.now();
    const answer = await fetch(address, {
      ...request,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    });
    serverTime.adjust({ date: answer.headers.get("Date"), askedAt, heardAt: Date.now() });
    return answer;
  }

  /** Asks for nothing but the time. */
  async function askTime() {
    await ask("/healthz", { method: "HEAD", signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  return api;
}

/** The server can't store half a character, which a program that cuts by UTF-16 units puts on the clipboard. @param {unknown} body */
function toJson(body) {
  return JSON.stringify(body, (_name, value) => (typeof value === "string" ? replaceLoneSurrogates(value) : value));
}

/** @param {Response} answer @returns {Promise<Answer>} @throws {RequestError} */
async function readAnswer(answer) {
  const body = await answer.json().catch(() => null);
  if (!answer.ok) {
    const problem = { title: answer.statusText, detail: "", ...body, status: answer.status };
    throw new RequestError(problem, numberIn(answer.headers.get("Retry-After")));
  }
  const mutation = answer.headers.get("Board-Mutation");
  return { body, seq: numberIn(answer.headers.get("Board-Seq")), ...(mutation && { mutation }) };
}

/** @param {string|null} header */
function numberIn(header) {
  return Number.parseInt(header ?? "", 10) || null;
}
