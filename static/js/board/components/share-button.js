import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { Icon } from "./icon.js";

/** Open the members sheet to let others in; for those who may invite. */
export function ShareButton() {
  const { screen } = useBoard();
  if (!screen.isOwner.value) return null;
  const open = () => {
    screen.sheet.value = "members";
  };
  return html`<button type="button" class="button board-bar__share" aria-label=${t("Share")}
    title=${t("Share this board")} onClick=${open}>
    <${Icon} name="share" /><span class="board-bar__word" aria-hidden="true">${t("Share")}</span>
  </button>`;
}
