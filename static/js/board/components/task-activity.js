import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { ActivityList } from "./activity-list.js";
import { Icon } from "./icon.js";

/** What happened to a card; fetched when somebody wants to know. */
export function TaskActivity({ task }) {
  const [shown, setShown] = useState(false);
  return html`<section class="task__section" aria-label="Activity">
    <div class="row row--between">
      <h3><${Icon} name="clock" />Activity</h3>
      <button type="button" class="button button--small button--quiet" aria-expanded=${shown}
        onClick=${() => setShown(!shown)}>${shown ? "Hide" : "Show"} activity</button>
    </div>
    ${shown && html`<${ActivityList} taskId=${task.id} />`}
  </section>`;
}
