import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** Lets others in: opens the panel of members, for those who may invite. */
export function ShareButton() {
  const { screen } = useBoard();
  if (!screen.isOwner.value) return null;
  return html`<button type="button" class="button board-bar__share" aria-label="Share" title="Share this board"
    onClick=${() => (screen.sheet.value = "members")}>
    <${Icon} name="share" /><span class="board-bar__word" aria-hidden="true">Share</span>
  </button>`;
}
