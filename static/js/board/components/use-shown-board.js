import { useBoard } from "../context.js";

/**
 * Return the board on the screen. Components are drawn once it is there.
 *
 * @returns {import("../types.js").Board}
 * @throws {TypeError} before that
 */
export function useShownBoard() {
  const board = useBoard().session.board.value;
  if (!board) throw new TypeError("the board is not there yet");
  return board;
}
