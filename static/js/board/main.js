/** Starts the board page: the session, what is on screen, the keyboard, and the components. */
import "./text-runs.js";
import { render } from "preact";
import { html } from "htm/preact";
import { effect } from "@preact/signals";
import { followAddress } from "./address.js";
import { App } from "./components/app.js";
import { AccessLost } from "./components/access-lost.js";
import { ErrorBoundary } from "./components/error-boundary.js";
import { loadIcons } from "./icons.js";
import { followFilter } from "./filter-results.js";
import { keepFocus } from "./focus-keeper.js";
import { keepDraftsOf } from "./drafts.js";
import { enableShortcuts } from "./keyboard.js";
import { guardSignOut } from "./leaving.js";
import { Writing, followLosses } from "./losses.js";
import { followMoment } from "./past.js";
import { followPrinting } from "./printing.js";
import { watchLimits } from "../lib/limited-fields.js";
import { createScreen } from "./screen.js";
import { followChanges } from "./seen.js";
import { serverTime } from "./server-time.js";
import { openBoard } from "./session.js";
import { followVisit } from "./visits.js";
import { sayWhyWaiting } from "./waiting.js";

/** @import { Screen } from "./screen.js" */
/** @import { Me } from "./types.js" */

/** What the server says to the page. @type {{board_id: string, me: Me, csrf_token: string, token?: string}} */
const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "");
const root = document.getElementById("app") ?? document.body;
const { icons = "", home = "", signIn = "" } = root.dataset;
/** @type {HTMLImageElement|null} */
const logo = root.querySelector(".topbar__mark");
const mark = logo?.src;

const draftsReady = keepDraftsOf(boot.me.id);
const writing = new Writing();
const asked = typeof firstSnapshot === "undefined" ? undefined : firstSnapshot;
asked?.then(() => serverTime.adjust(firstAnswer));
const session = openBoard({
  boardId: boot.board_id,
  me: boot.me,
  csrfToken: boot.csrf_token,
  token: boot.token,
  firstSnapshot: asked,
  onRevoked: (reason) =>
    show(
      html`<${AccessLost} home=${home} reason=${reason} written=${writing.now().map(({ text }) => text)} />`,
    ),
});

const stopWaiting = sayWhyWaiting(root, session, signIn);
Promise.all([session.ready, loadIcons(icons), draftsReady]).then(start);
addEventListener("load", () => setTimeout(preloadMarkdown, 1500));

function start() {
  stopWaiting();
  const screen = createScreen(session);
  const board = { session, screen, me: boot.me, signIn };
  const draw = () =>
    show(
      html`<${ErrorBoundary} onBroken=${draw}><${App} board=${board} home=${home} mark=${mark} signIn=${signIn} /><//>`,
    );
  draw();
  followAddress(board);
  followLosses(board, writing);
  if (!session.isGuest) {
    followMoment(board);
    followVisit(board);
  }
  followChanges(board);
  followFilter(board);
  keepFocus();
  enableShortcuts(board);
  followPrinting();
  guardSignOut(board);
  watchLimits(document);
  effect(() => {
    document.title = titleOf(screen);
  });
}

/** @param {import("preact").VNode} content */
function show(content) {
  render(null, root);
  root.replaceChildren();
  render(content, root);
}

/** Wanted when a card is opened, perhaps offline by then. */
function preloadMarkdown() {
  import("./markdown.js").catch(() => {});
}

/** @param {Screen} screen */
function titleOf(screen) {
  const open = screen.openTask.value;
  const task = open ? session.task(open).value : undefined;
  return [task && `#${task.number ?? "…"} ${task.title}`, session.board.value?.title, "Board"]
    .filter(Boolean)
    .join(" · ");
}
