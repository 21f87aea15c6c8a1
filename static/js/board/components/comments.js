import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { Comment } from "./comment.js";
import { Icon } from "./icon.js";
import { TextEditor } from "./text-editor.js";

/** @import { Details, Task } from "../types.js" */

/**
 * Show the comments on a card, oldest first, and a form to write one.
 *
 * @param {{task: Task, details: Details}} props
 */
export function Comments({ task, details }) {
  const { screen } = useBoard();
  return html`<section class="task__section" aria-label=${t("Comments")}>
    <h3><${Icon} name="comment" />${t("Comments")}</h3>
    <ol role="list" class="comments">
      ${details.comments.value.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} />`)}
    </ol>
    ${screen.canComment.value && html`<${CommentForm} task=${task} />`}
  </section>`;
}

/** @param {{task: Task}} props */
function CommentForm({ task }) {
  const { session } = useBoard();
  const save = (/** @type {string} */ body) =>
    body.trim() && session.commands.addComment(task.id, body.trim());
  const draft = useDraft(`comment ${task.id}`, "", save);
  return html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label=${t("New comment")}
    save=${t("Comment")} blocked=${!draft.text.trim()} focus=${false} limit=${LIMITS.comment}
    placeholder=${t("Write a comment…")} onType=${draft.type} onSave=${draft.commit} />`;
}
