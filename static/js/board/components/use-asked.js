import { useEffect, useState } from "preact/hooks";
import { useBoard } from "../context.js";

/**
 * What the server answers to a question about sharing; asked again when somebody changes it. `value` is undefined until
 * the first answer, `again` asks at once.
 *
 * @template T
 * @param {(sharing: import("../sharing.js").Sharing) => Promise<T>} ask
 */
export function useAsked(ask) {
  const { sharing } = useBoard().session;
  const [answer, setAnswer] = useState({ value: undefined, failed: false });
  const [count, setCount] = useState(0);
  const turn = sharing.turn.value;
  useEffect(() => {
    let isStale = false;
    const keep = (next) => isStale || setAnswer(next);
    ask(sharing).then(
      (value) => keep({ value, failed: false }),
      () => keep((before) => ({ ...before, failed: true })),
    );
    return () => (isStale = true);
  }, [turn, count]);
  return { ...answer, again: () => setCount((before) => before + 1) };
}
