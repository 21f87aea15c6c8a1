import { html } from "htm/preact";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { Comment } from "./comment.js";
import { Icon } from "./icon.js";
import { TextEditor } from "./text-editor.js";

/** What people said about a card, oldest first, and a place to say more. */
export function Comments({ task, details }) {
  const { screen } = useBoard();
  return html`<section class="task__section" aria-label="Comments">
    <h3><${Icon} name="comment" />Comments</h3>
    <ol role="list"
      class="comments">
      ${details.comments.value.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} />`)}
    </ol>
    ${screen.canComment.value && html`<${Composer} task=${task} />`}
  </section>`;
}

function Composer({ task }) {
  const { session } = useBoard();
  const draft = useDraft(
    `comment ${task.id}`,
    "",
    (body) => body.trim() && session.commands.addComment(task.id, body.trim()),
  );
  return html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label="New comment"
    save="Comment" blocked=${!draft.text.trim()}
    focus=${false} limit=${LIMITS.comment}
    placeholder="Write a comment…" onType=${draft.type} onSave=${draft.commit} />`;
}
