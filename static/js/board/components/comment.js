import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { ago, fullDate } from "../dates.js";
import { useDraft } from "../drafts.js";
import { Avatar } from "./avatar.js";
import { useDiscard } from "./draft-mark.js";
import { MarkdownText } from "./markdown-text.js";
import { TextEditor } from "./text-editor.js";

const STRANGER = "#78839a";

/** One comment; its author may edit it, its author and the board's owner delete it. */
export function Comment({ comment }) {
  const { session, screen, me } = useBoard();
  const draft = useDraft(`comment-edit ${comment.id}`, comment.body, (body) =>
    session.commands.editComment(comment.id, body),
  );
  const [begun, setBegun] = useState(false);
  const editing = begun || draft.dirty;
  const discard = useDiscard();
  const author = screen.membersById.value.get(comment.author_id) ?? { name: comment.author_name, color: STRANGER };
  const isMine = comment.author_id === me.id;
  const finish = (act) => () => {
    act();
    setBegun(false);
  };
  const remove = async () => {
    const question = { title: "Delete this comment?", text: "It is gone for everybody. You can undo this.", yes: "Delete comment" };
    if (await screen.confirm(question)) session.commands.deleteComment(comment.id);
  };
  const edited = comment.updated_at !== comment.created_at;
  return html`<li class="comment">
    <${Avatar} person=${author} />
    <div class="comment__body">
      <p class="comment__head"><b dir="auto">${comment.author_name}</b>
        <time datetime=${comment.created_at}
          title=${fullDate(comment.created_at)}>
            ${ago(comment.created_at, screen.now.value)}${edited && ", edited"}</time></p>
      ${
        editing && screen.canComment.value
          ? html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label="Comment"
            save="Save" blocked=${!draft.text.trim()}
            limit=${LIMITS.comment} onType=${draft.type} onSave=${finish(draft.commit)}
            onCancel=${finish(() => discard(draft.key))} />`
          : html`<${MarkdownText} text=${comment.body} />`
      }
      ${
        !editing &&
        screen.canComment.value &&
        html`<p class="comment__actions">
        ${isMine && html`<button type="button" class="link" onClick=${() => setBegun(true)}>Edit</button>`}
        ${(isMine || screen.isOwner.value) && html`<button type="button" class="link"
          onClick=${remove}>Delete</button>`}
      </p>`
      }
    </div>
  </li>`;
}
