import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const BoardContext = createContext(null);

/** What every component may use: `{session, screen, me, signIn}`. */
export function useBoard() {
  return useContext(BoardContext);
}
