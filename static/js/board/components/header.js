import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { BoardMenu } from "./board-menu.js";
import { Connection } from "./connection.js";
import { FilterBar } from "./filter-bar.js";
import { InlineText } from "./inline-text.js";
import { Presence } from "./presence.js";
import { ShareButton } from "./share-button.js";

/** The top of the board page. */
export function Header({ home, mark, signIn }) {
  const { session, screen } = useBoard();
  const board = session.board.value;
  const rename = (title) => session.commands.updateBoard({ title });
  return html`<header class="topbar board-bar">
    <a class="topbar__brand" href=${home} aria-label="All boards" title="All boards"><img class="topbar__mark"
      src=${mark} alt="" width="24" height="24" /></a>
    <h1 class="board-title">
      <${InlineText} value=${board.title} label="Board title" draft=${`board-title ${board.id}`}
        editable=${screen.canEdit.value} onSave=${rename} />
    </h1>
    ${board.archived_at && html`<span class="badge badge--warning">Archived</span>`}
    ${session.role.value === "viewer" && html`<span class="badge">${session.isGuest ? "Public" : "View only"}</span>`}
    <${Connection} signIn=${signIn} />
    <${FilterBar} />
    <${Presence} />
    <${ShareButton} />
    <${BoardMenu} />
    <${Account} />
  </header>`;
}

/** The account menu, rendered by the server in a template element. */
function Account() {
  const place = useRef(null);
  useEffect(() => place.current.append(document.getElementById("account").content.cloneNode(true)), []);
  return html`<div class="board-bar__account" ref=${place}></div>`;
}
