import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { ago, fullDate } from "../dates.js";
import { useDraft } from "../drafts.js";
import { Avatar } from "./avatar.js";
import { useDiscard } from "./draft-badge.js";
import { MarkdownText } from "./markdown-text.js";
import { TextEditor } from "./text-editor.js";

const FORMER_MEMBER_COLOR = "#78839a";

/**
 * Show one comment; its author may edit it, its author and the board's owner delete it.
 *
 * @param {{comment: import("../types.js").Comment}} props
 */
export function Comment({ comment }) {
  const { session, screen, me } = useBoard();
  const draft = useDraft(`comment-edit ${comment.id}`, comment.body, (body) =>
    session.commands.editComment(comment.id, body),
  );
  const [begun, setBegun] = useState(false);
  const editing = begun || draft.dirty;
  const discard = useDiscard();
  const member = comment.author_id ? screen.membersById.value.get(comment.author_id) : undefined;
  const author = member ?? { name: comment.author_name, color: FORMER_MEMBER_COLOR };
  const isMine = comment.author_id === me.id;
  const finish = (/** @type {() => void} */ act) => () => {
    act();
    setBegun(false);
  };
  const remove = async () => {
    const question = {
      title: t("Delete this comment?"),
      text: t("It is gone for everybody. You can undo this."),
      yes: t("Delete comment"),
    };
    if (await screen.confirm(question)) session.commands.deleteComment(comment.id);
  };
  const when = ago(comment.created_at, screen.now.value);
  return html`<li class="comment">
    <${Avatar} person=${author} />
    <div class="comment__body">
      <p class="comment__head"><b dir="auto">${comment.author_name}</b>
        <time datetime=${comment.created_at} title=${fullDate(comment.created_at)}>
          ${comment.updated_at === comment.created_at ? when : t("{when}, edited", { when })}</time></p>
      ${
        editing && screen.canComment.value
          ? html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label=${t("Comment")}
              save=${t("Save")} blocked=${!draft.text.trim()} limit=${LIMITS.comment} onType=${draft.type}
              onSave=${finish(draft.commit)} onCancel=${finish(() => discard(draft.key))} />`
          : html`<${MarkdownText} text=${comment.body} />`
      }
      ${
        !editing &&
        screen.canComment.value &&
        html`<p class="comment__actions">
          ${isMine && html`<button type="button" class="link" onClick=${() => setBegun(true)}>${t("Edit")}</button>`}
          ${
            (isMine || screen.isOwner.value) &&
            html`<button type="button" class="link" onClick=${remove}>${t("Delete")}</button>`
          }
        </p>`
      }
    </div>
  </li>`;
}
