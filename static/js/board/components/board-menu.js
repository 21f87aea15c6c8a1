import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { redo, undo } from "../undo-actions.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";
import { PresenceSwitch } from "./presence-switch.js";
import { useShownBoard } from "./use-shown-board.js";

/**
 * @import { BoardPage } from "../context.js"
 * @import { SheetName } from "../screen.js"
 * @import { Close } from "./popover.js"
 */

/** Offer everything about the board as a whole. */
export function BoardMenu() {
  const board = useBoard();
  const { session, screen } = board;
  const { id } = useShownBoard();
  const mayChange = screen.canComment.value && !screen.past.value;
  const draw = (/** @type {Close} */ close) => {
    const then = (/** @type {(board: BoardPage) => void} */ act) => () => {
      close();
      act(board);
    };
    const show = (/** @type {SheetName} */ sheet) => () => {
      close();
      screen.sheet.value = sheet;
    };
    return html`
      ${
        mayChange &&
        html`<${MenuItem} icon="undo" keys=${t("Ctrl Z")} onClick=${then(undo)}>${t("Undo")}<//>
        <${MenuItem} icon="redo" keys=${t("Ctrl Y")} onClick=${then(redo)}>${t("Redo")}<//><hr class="menu__rule" />`
      }
      ${!session.isGuest && html`<${MenuItem} icon="clock" keys="a" onClick=${show("activity")}>${t("Activity")}<//>`}
      <${MenuItem} icon="people" onClick=${show("members")}>${
        screen.isOwner.value ? t("Members and sharing") : t("Members")
      }<//>
      <${MenuItem} icon="tag" onClick=${show("labels")}>${t("Labels")}<//>
      <${MenuItem} icon="archive" onClick=${show("archive")}>${t("Archive")}<//>
      <${MenuItem} icon="keyboard" keys="?" onClick=${show("help")}>${t("Keyboard shortcuts")}<//>
      ${
        !session.isGuest &&
        html`<hr class="menu__rule" />
        <${PresenceSwitch} />
        <${MenuItem} icon="download" href=${`/api/v1/boards/${id}/export`} download
          onClick=${close}>${t("Export as JSON")}<//>`
      }
      ${screen.isOwner.value && html`<${ArchiveBoard} close=${close} />`}
    `;
  };
  return html`<${Popover} label=${t("Board menu")} icon="more">${draw}<//>`;
}

/** @param {{close: Close}} props */
function ArchiveBoard({ close }) {
  const { session, screen } = useBoard();
  const restore = () => session.commands.restoreBoard();
  const archive = async () => {
    close();
    const question = {
      title: t("Archive this board?"),
      text: t("Everybody can still read it, nobody can change it. You can restore it at any time."),
      yes: t("Archive board"),
    };
    if (await screen.confirm(question)) session.commands.archiveBoard();
  };
  return useShownBoard().archived_at
    ? html`<${MenuItem} icon="restore" onClick=${restore}>${t("Restore this board")}<//>`
    : html`<${MenuItem} icon="archive" onClick=${archive}>${t("Archive this board…")}<//>`;
}
