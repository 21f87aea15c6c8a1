import { createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * What every component may use.
 *
 * @typedef {Object} BoardPage
 * @property {import("./types.js").Session} session
 * @property {import("./screen.js").Screen} screen   what is on this person's screen and nobody else's
 * @property {{id: string|null, name: string}} me    who looks; a guest has no id
 * @property {string} signIn                         where to sign in, and come back from
 *
 * @typedef {Pick<BoardPage, "session"|"screen">} BoardState   what most of it needs
 */

export const BoardContext = createContext(/** @type {BoardPage} */ (/** @type {unknown} */ (null)));

/** Return what every component may use: `{session, screen, me, signIn}`. */
export function useBoard() {
  return useContext(BoardContext);
}
