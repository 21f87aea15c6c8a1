import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { ago, fullDate } from "../dates.js";

/**
 * Show "5 minutes ago", kept true, with the exact time on hover.
 *
 * @param {{at: string}} props RFC 3339
 */
export function Moment({ at }) {
  const { screen } = useBoard();
  return html`<time class="moment" datetime=${at} title=${fullDate(at)}>${ago(at, screen.now.value)}</time>`;
}
