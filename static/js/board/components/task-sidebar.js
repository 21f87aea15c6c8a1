import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { archive, complete, remove } from "../moves.js";
import { DatesForm } from "./dates-form.js";
import { Icon } from "./icon.js";
import { LabelPicker } from "./label-picker.js";
import { MemberPicker } from "./member-picker.js";
import { MoveForm } from "./move-form.js";
import { useCopy } from "./use-copy.js";

/**
 * @import { ComponentChildren } from "preact"
 * @import { Task } from "../types.js"
 */

/**
 * Show state, people, labels, dates and place of a card.
 *
 * @param {{task: Task, editable: boolean}} props
 */
export function TaskSidebar({ task, editable }) {
  return html`
    ${editable && html`<${Completion} task=${task} />`}
    <${SidebarSection} title=${t("Assignees")}><${MemberPicker} task=${task} editable=${editable} /><//>
    <${SidebarSection} title=${t("Labels")}><${LabelPicker} task=${task} editable=${editable} /><//>
    <${SidebarSection} title=${t("Dates")}><${DatesForm} task=${task} editable=${editable} /><//>
    ${
      editable &&
      !task.archived_at &&
      html`<${SidebarSection} title=${t("Move to")} late><${MoveForm} key=${task.column_id} task=${task} /><//>`
    }
    <${Actions} task=${task} editable=${editable} />`;
}

/** @param {{title: string, late?: boolean, children?: ComponentChildren}} props `late`: below the text on a phone */
function SidebarSection({ title, late, children }) {
  return html`<section
    class=${late ? "side-block side-block--late" : "side-block"}><h3>${title}</h3>${children}</section>`;
}

/** @param {{task: Task}} props */
function Completion({ task }) {
  const board = useBoard();
  const done = Boolean(task.completed_at);
  return html`<button type="button" class=${done ? "button button--wide button--done" : "button button--wide"}
    aria-pressed=${done} onClick=${() => complete(board, task.id)}>
    <${Icon} name=${done ? "done" : "circle"} />${done ? t("Done") : t("Mark as done")}
  </button>`;
}

/** @param {{task: Task, editable: boolean}} props */
function Actions({ task, editable }) {
  const board = useBoard();
  const { screen } = board;
  const put = useCopy();
  const copy = async () => {
    const url = new URL(location.pathname, location.href);
    if (task.number === null) url.searchParams.set("task", task.id);
    else url.hash = `task-${task.number}`;
    if (await put(url.href)) screen.toast({ text: t("Link copied") });
  };
  const quiet = "button button--quiet button--small side-block__action";
  return html`<section class="side-block side-block--late side-block--actions">
    <button type="button" class=${quiet} onClick=${copy}><${Icon} name="link" small=${true} />${t("Copy link")}</button>
    ${
      editable &&
      !task.archived_at &&
      html`<button type="button" class=${quiet} onClick=${() => archive(board, task.id)}><${Icon} name="archive"
        small=${true} />${t("Archive")}</button>`
    }
    ${
      editable &&
      html`<button type="button" class=${`${quiet} button--warn`} onClick=${() => remove(board, task.id)}><${Icon}
        name="trash" small=${true} />${t("Delete…")}</button>`
    }
  </section>`;
}
