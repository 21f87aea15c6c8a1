import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { serverTime } from "../server-time.js";
import { Icon } from "./icon.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** "12 changes since you were here on Tuesday", until it is read or dismissed. */
export function NewsLine() {
  const { screen } = useBoard();
  const news = screen.news.value;
  if (!news || screen.past.value) return null;
  const dismiss = () => (screen.news.value = null);
  const show = () => {
    dismiss();
    screen.sheet.value = "activity";
  };
  const many = `${news.count}${news.isMore ? "+" : ""} ${news.count === 1 ? "change" : "changes"}`;
  return html`<p class="news" role="status">
    <${Icon} name="clock" small=${true} /><span>${many} since you were ${whenWords(news.when)}</span>
    <button type="button" class="link" onClick=${show}>Show</button>
    <button type="button" class="news__close button button--quiet button--icon button--small" aria-label="Dismiss"
      onClick=${dismiss}><${Icon} name="close" small=${true} /></button>
  </p>`;
}

function whenWords(when, now = new Date(serverTime.now())) {
  const then = when && new Date(when);
  if (!then || Number.isNaN(then.getTime())) return "last here";
  if (then.toDateString() === now.toDateString())
    return `here at ${then.toLocaleTimeString(undefined, { timeStyle: "short" })}`;
  if (now - then < 6 * DAY_MS) return `here on ${then.toLocaleDateString(undefined, { weekday: "long" })}`;
  return `here on ${then.toLocaleDateString(undefined, { dateStyle: "medium" })}`;
}
