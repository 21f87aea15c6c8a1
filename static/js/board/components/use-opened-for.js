import { useEffect, useState } from "preact/hooks";

/**
 * Tell whether the card was opened for a part of it (`screen.openPart`); the first component that asks has it.
 *
 * @param {import("../screen.js").Screen} screen
 * @param {string} part
 * @returns {boolean}
 */
export function useOpenedFor(screen, part) {
  const [isWanted] = useState(() => screen.openPart === part);
  useEffect(() => {
    if (screen.openPart === part) screen.openPart = null;
  }, []);
  return isWanted;
}
