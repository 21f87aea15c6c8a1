import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { archive, complete, remove } from "../moves.js";
import { DatesForm } from "./dates-form.js";
import { Icon } from "./icon.js";
import { LabelPicker } from "./label-picker.js";
import { MemberPicker } from "./member-picker.js";
import { MoveForm } from "./move-form.js";
import { useCopy } from "./use-copy.js";

/** State, people, labels, dates and place of a card. */
export function TaskSide({ task, editable }) {
  return html`
    ${editable && html`<${Completion} task=${task} />`}
    <${Block} title="Assignees"><${MemberPicker} task=${task} editable=${editable} /><//>
    <${Block} title="Labels"><${LabelPicker} task=${task} editable=${editable} /><//>
    <${Block} title="Dates"><${DatesForm} task=${task} editable=${editable} /><//>
    ${editable && !task.archived_at && html`<${Block} title="Move to" late><${MoveForm} key=${task.column_id}
      task=${task} /><//>`}
    <${Actions} task=${task} editable=${editable} />`;
}

function Block({ title, late, children }) {
  return html`<section
    class=${late ? "side-block side-block--late" : "side-block"}><h3>${title}</h3>${children}</section>`;
}

function Completion({ task }) {
  const board = useBoard();
  const done = Boolean(task.completed_at);
  return html`<button type="button" class=${done ? "button button--wide button--done" : "button button--wide"}
    aria-pressed=${done} onClick=${() => complete(board, task.id)}>
    <${Icon} name=${done ? "done" : "circle"} />${done ? "Done" : "Mark as done"}
  </button>`;
}

function Actions({ task, editable }) {
  const board = useBoard();
  const { screen } = board;
  const put = useCopy();
  const copy = async () => {
    const url = new URL(location.pathname, location.href);
    if (task.number === null) url.searchParams.set("task", task.id);
    else url.hash = `task-${task.number}`;
    if (await put(url.href)) screen.toast({ text: "Link copied" });
  };
  const quiet = "button button--quiet button--small side-block__action";
  return html`<section class="side-block side-block--late side-block--actions">
    <button type="button" class=${quiet} onClick=${copy}><${Icon} name="link" small=${true} />Copy link</button>
    ${
      editable &&
      !task.archived_at &&
      html`<button type="button" class=${quiet} onClick=${() => archive(board, task.id)}><${Icon} name="archive"
        small=${true} />Archive</button>`
    }
    ${
      editable &&
      html`<button type="button" class=${`${quiet} button--warn`} onClick=${() => remove(board, task.id)}><${Icon}
        name="trash" small=${true} />Delete…</button>`
    }
  </section>`;
}
