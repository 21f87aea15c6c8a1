import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { ActivityList } from "./activity-list.js";
import { Icon } from "./icon.js";

/**
 * Show what happened to a card; fetched when somebody wants to know.
 *
 * @param {{task: import("../types.js").Task}} props
 */
export function TaskActivity({ task }) {
  const [shown, setShown] = useState(false);
  return html`<section class="task__section" aria-label=${t("Activity")}>
    <div class="row row--between">
      <h3><${Icon} name="clock" />${t("Activity")}</h3>
      <button type="button" class="button button--small button--quiet" aria-expanded=${shown}
        onClick=${() => setShown(!shown)}>${shown ? t("Hide activity") : t("Show activity")}</button>
    </div>
    ${shown && html`<${ActivityList} taskId=${task.id} />`}
  </section>`;
}
