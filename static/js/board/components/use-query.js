import { useEffect, useState } from "preact/hooks";
import { useBoard } from "../context.js";

/** @import { Sharing } from "../sharing.js" */

/**
 * Return what the server says about sharing; fetched again when somebody changes it. `value` is undefined until the first
 * response, `again` fetches at once.
 *
 * @template T
 * @param {(sharing: Sharing) => Promise<T>} ask
 * @returns {{value: T|undefined, failed: boolean, again: () => void}}
 */
export function useQuery(ask) {
  const { sharing } = useBoard().session;
  const [result, setResult] = useState({ value: /** @type {T|undefined} */ (undefined), failed: false });
  const [count, setCount] = useState(0);
  const turn = sharing.turn.value;
  useEffect(() => {
    let isStale = false;
    ask(sharing).then(
      (value) => isStale || setResult({ value, failed: false }),
      () => isStale || setResult((before) => ({ ...before, failed: true })),
    );
    return () => {
      isStale = true;
    };
  }, [turn, count]);
  return { ...result, again: () => setCount((before) => before + 1) };
}
