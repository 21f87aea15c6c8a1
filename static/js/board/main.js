/** Starts the board page: the session, what is on screen, the keyboard, and the components. */
import { render } from "preact";
import { html } from "htm/preact";
import { effect } from "@preact/signals";
import { followAddress } from "./address.js";
import { App } from "./components/app.js";
import { loadIcons } from "./icons.js";
import { enableShortcuts } from "./keyboard.js";
import { createScreen } from "./screen.js";
import { openBoard } from "./session.js";

const boot = JSON.parse(document.getElementById("boot").textContent);
const root = document.getElementById("app");
const { icons, home, signIn } = root.dataset;

const session = openBoard({
  boardId: boot.board_id,
  me: boot.me,
  csrfToken: boot.csrf_token,
  onRevoked: () => location.assign(home),
});

Promise.all([session.ready, loadIcons(icons)]).then(start);
addEventListener("load", () => setTimeout(preloadMarkdown, 1500));

function start() {
  const screen = createScreen(session);
  const board = { session, screen, me: boot.me };
  const mark = root.querySelector(".topbar__mark").src;
  root.replaceChildren();
  render(html`<${App} board=${board} home=${home} mark=${mark} signIn=${signIn} />`, root);
  followAddress(board);
  enableShortcuts(board);
  effect(() => (document.title = titleOf(screen)));
  addEventListener("beforeunload", (event) => session.hasUnsent() && session.connection.peek().state === "signed-out" && event.preventDefault());
}

/** Wanted when a card is opened, perhaps offline by then. */
function preloadMarkdown() {
  import("./markdown.js").catch(() => {});
}

function titleOf(screen) {
  const task = screen.openTask.value && session.task(screen.openTask.value).value;
  return [task && `#${task.number} ${task.title}`, session.board.value?.title, "Board"].filter(Boolean).join(" · ");
}
