import { html } from "htm/preact";
import { ActivityList } from "./activity-list.js";
import { MomentForm } from "./moment-form.js";

/** The board's activity, and the way to any moment of it. */
export function ActivitySheet() {
  return html`<${MomentForm} /><${ActivityList} />`;
}
