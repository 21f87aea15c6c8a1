import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { BoardMenu } from "./board-menu.js";
import { Connection } from "./connection.js";
import { FilterBar } from "./filter-bar.js";
import { InlineText } from "./inline-text.js";
import { Presence } from "./presence.js";
import { ShareButton } from "./share-button.js";
import { useShownBoard } from "./use-shown-board.js";

/**
 * Draw the top of the board page.
 *
 * @param {{home: string, mark: string, signIn: string}} props addresses, as of App
 */
export function Header({ home, mark, signIn }) {
  const { session, screen } = useBoard();
  const board = useShownBoard();
  const rename = (/** @type {string} */ title) => session.commands.updateBoard({ title });
  return html`<header class="topbar board-bar">
    <a class="topbar__brand" href=${home} aria-label=${t("All boards")} title=${t("All boards")}><img
      class="topbar__mark" src=${mark} alt="" width="24" height="24" /></a>
    <h1 class="board-title">
      <${InlineText} value=${board.title} label=${t("Board title")} draft=${`board-title ${board.id}`}
        editable=${screen.canEdit.value} onSave=${rename} />
    </h1>
    ${board.archived_at && html`<span class="badge badge--warning">${t("Archived")}</span>`}
    ${
      session.role.value === "viewer" &&
      html`<span class="badge">${session.isGuest ? t("Public") : t("View only")}</span>`
    }
    <${Connection} signIn=${signIn} />
    <${FilterBar} />
    <${Presence} />
    <${ShareButton} />
    <${BoardMenu} />
    <${Account} />
  </header>`;
}

/** Show the account menu, rendered by the server in a template element. */
function Account() {
  /** @type {import("preact").RefObject<HTMLElement|null>} */
  const place = useRef(null);
  useEffect(() => {
    const template = document.getElementById("account");
    if (template instanceof HTMLTemplateElement) place.current?.append(template.content.cloneNode(true));
  }, []);
  return html`<div class="board-bar__account" ref=${place}></div>`;
}
