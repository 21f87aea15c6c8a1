import { html } from "htm/preact";
import { BoardContext } from "../context.js";
import { Announcements } from "./announcements.js";
import { Board } from "./board.js";
import { Confirm } from "./confirm.js";
import { Header } from "./header.js";
import { ChangesSinceVisit } from "./changes-since-visit.js";
import { PastBoard } from "./past-board.js";
import { Sheet } from "./sheet.js";
import { TaskDialog } from "./task-dialog.js";
import { Toasts } from "./toasts.js";
import { SyncWarning } from "./sync-warning.js";

/**
 * Draw the board page.
 *
 * @param {{board: import("../context.js").BoardPage, home: string, mark: string, signIn: string}} props addresses of the
 *   list of boards, of the logo and of the sign-in page
 */
export function App({ board, home, mark, signIn }) {
  const past = board.screen.past.value;
  return html`<${BoardContext.Provider} value=${board}>
    <${Announcements} />
    <${Header} home=${home} mark=${mark} signIn=${signIn} />
    <${SyncWarning} />
    <${ChangesSinceVisit} />
    ${past ? html`<${PastBoard} past=${past} />` : html`<${Board} />`}
    <${TaskDialog} />
    <${Sheet} />
    <${Confirm} />
    <${Toasts} />
  <//>`;
}
