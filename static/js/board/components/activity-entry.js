import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { leaveMoment, showMoment } from "../past.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icon.js";
import { Moment } from "./moment.js";

const FORMER_MEMBER_COLOR = "#78839a";

/**
 * Show who did what, when; with links to the card and to the board at that moment.
 *
 * @param {{entry: import("../types.js").Activity, withTask: boolean}} props
 */
export function ActivityEntry({ entry, withTask }) {
  const board = useBoard();
  const { session, screen } = board;
  const member = entry.actor_id ? screen.membersById.value.get(entry.actor_id) : undefined;
  const actor = member ?? { name: entry.actor_name, color: FORMER_MEMBER_COLOR };
  const task = withTask && entry.task ? session.task(entry.task.id).value : undefined;
  const open = () => {
    screen.sheet.value = null;
    if (screen.past.value) leaveMoment(board);
    screen.openTask.value = entry.task?.id ?? null;
  };
  const names = { name: entry.actor_name, action: entry.text };
  return html`<li class="activity__entry">
    <${Avatar} person=${actor} size="small" title=${entry.actor_name} />
    <div class="grow">
      <p class="activity__text"><b dir="auto">${entry.actor_name}</b> <bdi>${entry.text}</bdi></p>
      <p class="activity__foot"><${Moment} at=${entry.at} />
        ${
          task &&
          html`<button type="button" class="link"
            aria-label=${t("Open #{number} {title}", { number: `${task.number}`, title: task.title })}
            onClick=${open}>#${task.number}</button>`
        }</p>
    </div>
    <button type="button" class="activity__then button button--quiet button--icon button--small"
      aria-label=${t("See the board at this moment: {name} {action}", names)} title=${t("See the board at this moment")}
      onClick=${() => showMoment(board, { seq: entry.seq })}><${Icon} name="clock" small=${true} /></button>
  </li>`;
}
