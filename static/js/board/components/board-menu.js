import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { redo, undo } from "../undo-actions.js";
import { MenuItem } from "./menu-item.js";
import { Popover } from "./popover.js";
import { PresenceSwitch } from "./presence-switch.js";

/** Everything about the board as a whole. */
export function BoardMenu() {
  const board = useBoard();
  const { session, screen } = board;
  const then = (close, act) => () => {
    close();
    act(board);
  };
  const show = (sheet, close) => () => {
    close();
    screen.sheet.value = sheet;
  };
  const { id } = session.board.value;
  const mayChange = screen.canComment.value && !screen.past.value;
  return html`<${Popover} label="Board menu" icon="more">
    ${(close) => html`
      ${
        mayChange &&
        html`<${MenuItem} icon="undo" keys="Ctrl Z" onClick=${then(close, undo)}>Undo<//>
        <${MenuItem} icon="redo" keys="Ctrl Y" onClick=${then(close, redo)}>Redo<//><hr class="menu__rule" />`
      }
      ${!session.isGuest && html`<${MenuItem} icon="clock" keys="a" onClick=${show("activity", close)}>Activity<//>`}
      <${MenuItem} icon="people" onClick=${show("members", close)}>${screen.isOwner.value ? "Members and sharing" : "Members"}<//>
      <${MenuItem} icon="tag" onClick=${show("labels", close)}>Labels<//>
      <${MenuItem} icon="archive" onClick=${show("archive", close)}>Archive<//>
      <${MenuItem} icon="keyboard" keys="?" onClick=${show("help", close)}>Keyboard shortcuts<//>
      ${
        !session.isGuest &&
        html`<hr class="menu__rule" />
        <${PresenceSwitch} />
        <${MenuItem} icon="download" href=${`/api/v1/boards/${id}/export`} download onClick=${close}>Export as JSON<//>`
      }
      ${screen.isOwner.value && html`<${ArchiveBoard} close=${close} />`}
    `}
  <//>`;
}

function ArchiveBoard({ close }) {
  const { session, screen } = useBoard();
  const archived = session.board.value.archived_at;
  const restore = () => session.commands.restoreBoard();
  const archive = async () => {
    close();
    const text = "Everybody can still read it, nobody can change it. You can restore it at any time.";
    if (await screen.confirm({ title: "Archive this board?", text, yes: "Archive board" }))
      session.commands.archiveBoard();
  };
  return archived
    ? html`<${MenuItem} icon="restore" onClick=${restore}>Restore this board<//>`
    : html`<${MenuItem} icon="archive" onClick=${archive}>Archive this board…<//>`;
}
