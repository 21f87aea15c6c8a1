import { html } from "htm/preact";
import { formatDate, formatNumber, t, tn } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { serverTime } from "../server-time.js";
import { Icon } from "./icon.js";

/** @import { News } from "../screen.js" */

const DAY_MS = 24 * 60 * 60 * 1000;

/** Say "12 changes since you were here on Tuesday", until it is read or dismissed. */
export function ChangesSinceVisit() {
  const { screen } = useBoard();
  const news = screen.news.value;
  if (!news || screen.past.value) return null;
  const dismiss = () => {
    screen.news.value = null;
  };
  const show = () => {
    dismiss();
    screen.sheet.value = "activity";
  };
  return html`<p class="news" role="status">
    <${Icon} name="clock" small=${true} /><span>${describe(news, new Date(serverTime.now()))}</span>
    <button type="button" class="link" onClick=${show}>${t("Show")}</button>
    <button type="button" class="news__close button button--quiet button--icon button--small"
      aria-label=${t("Dismiss")} onClick=${dismiss}><${Icon} name="close" small=${true} /></button>
  </p>`;
}

/** @param {News} news @param {Date} now */
function describe({ count, isMore, when }, now) {
  const many = formatNumber(count) + (isMore ? "+" : "");
  const then = new Date(when ?? Number.NaN);
  if (Number.isNaN(then.getTime()))
    return tn("{many} change since you were last here", "{many} changes since you were last here", count, {
      many,
    });
  if (then.toDateString() === now.toDateString())
    return tn(
      "{many} change since you were here at {time}",
      "{many} changes since you were here at {time}",
      count,
      {
        many,
        time: formatDate(then, { timeStyle: "short" }),
      },
    );
  const isThisWeek = now.getTime() - then.getTime() < 6 * DAY_MS;
  return tn(
    "{many} change since you were here on {day}",
    "{many} changes since you were here on {day}",
    count,
    {
      many,
      day: formatDate(then, isThisWeek ? { weekday: "long" } : { dateStyle: "medium" }),
    },
  );
}
