import { html } from "htm/preact";
import { ActivityList } from "./activity-list.js";
import { MomentForm } from "./moment-form.js";

/** Show the board's activity, and a form that leads to any moment of it. */
export function ActivitySheet() {
  return html`<${MomentForm} /><${ActivityList} />`;
}
