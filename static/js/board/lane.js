/** One board's sending: the first command, until the server has answered; then the next. */
import { RequestError } from "./api.js";
import { backoff } from "../lib/backoff.js";

const FAULTS_BEFORE_REFUSAL = 8;
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

/**
 * @param {{next: () => import("./types.js").Command|undefined, send: Function, clock: Object, random: () => number,
 *   settle: {answered: Function, refused: Function, halted: Function, failing: Function}}} ports
 * @returns `wake()` starts sending if idle, `hurry()` ends a wait, `stop()` ends it all
 */
export function createLane({ next, send, settle, clock, random }) {
  let busy = false;
  let stopped = false;
  let failures = 0;
  let timer = null;

  async function wake() {
    if (busy || stopped || timer !== null) return;
    busy = true;
    for (let command = next(); command && !stopped; command = next()) {
      const wait = await attempt(command);
      if (wait === null) continue;
      if (wait !== Infinity && !stopped) timer = clock.set(hurry, wait);
      break;
    }
    busy = false;
    if (timer === null && !stopped && failures === 0 && next()) wake();
  }

  /** @returns {Promise<number|null>} null when settled, else milliseconds to wait, Infinity until woken */
  async function attempt(command) {
    try {
      const { seq } = await send(command);
      failures = 0;
      settle.failing(false);
      settle.answered(command, seq);
      return null;
    } catch (error) {
      return judge(command, error);
    }
  }

  function judge(command, error) {
    failures += 1;
    settle.failing(!(error instanceof RequestError));
    if (!(error instanceof RequestError) || PASSING.has(error.status)) return pause(error);
    if (error.status === 401 || isStaleToken(error)) return settle.halted("signed-out"), Infinity;
    if (error.status >= 500 && failures < FAULTS_BEFORE_REFUSAL) return pause(error);
    failures = 0;
    settle.refused(command, error.problem);
    return null;
  }

  function pause(error) {
    return Math.max(backoff(failures, random), (error.retryAfter ?? 0) * 1000);
  }

  function hurry() {
    if (timer !== null) clock.clear(timer);
    timer = null;
    wake();
  }

  function stop() {
    stopped = true;
    if (timer !== null) clock.clear(timer);
  }

  return { wake, hurry, stop };
}

function isStaleToken({ problem }) {
  return /csrf/i.test(`${problem.type} ${problem.title}`);
}
