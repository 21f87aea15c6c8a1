import { useEffect, useState } from "preact/hooks";

/** Whether the card was opened for this part of it (`screen.openPart`); who is asked first has it. */
export function useTaken(screen, part) {
  const [isWanted] = useState(() => screen.openPart === part);
  useEffect(() => {
    if (screen.openPart === part) screen.openPart = null;
  }, []);
  return isWanted;
}
