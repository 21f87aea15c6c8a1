import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { leaveMoment, showMoment } from "../past.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icon.js";
import { Moment } from "./moment.js";

const STRANGER = "#78839a";

/** Who did what, when; with ways to the card and to the board at that moment. */
export function ActivityEntry({ entry, withTask }) {
  const board = useBoard();
  const { session, screen } = board;
  const actor = screen.membersById.value.get(entry.actor_id) ?? { name: entry.actor_name, color: STRANGER };
  const task = withTask && entry.task && session.task(entry.task.id).value;
  const open = () => {
    screen.sheet.value = null;
    if (screen.past.value) leaveMoment(board);
    screen.openTask.value = entry.task.id;
  };
  return html`<li class="activity__entry">
    <${Avatar} person=${actor} size="small" title=${entry.actor_name} />
    <div class="grow">
      <p class="activity__text"><b dir="auto">${entry.actor_name}</b> <bdi>${entry.text}</bdi></p>
      <p class="activity__foot"><${Moment} at=${entry.at} />
        ${task && html`<button type="button" class="link" aria-label=${`Open #${task.number} ${task.title}`}
          onClick=${open}>#${task.number}</button>`}</p>
    </div>
    <button type="button" class="activity__then button button--quiet button--icon button--small"
      aria-label=${`See the board at this moment: ${entry.actor_name} ${entry.text}`} title="See the board at this moment"
      onClick=${() => showMoment(board, { seq: entry.seq })}><${Icon} name="clock" small=${true} /></button>
  </li>`;
}
