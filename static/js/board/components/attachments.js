import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { useBoard } from "../context.js";
import { Attachment } from "./attachment.js";
import { Icon } from "./icon.js";
import { LinkForm } from "./link-form.js";

/** Links and files of a card. */
export function Attachments({ task, details }) {
  const { session, screen } = useBoard();
  const input = useRef(null);
  const attachments = details.attachments.value;
  const editable = screen.canEdit.value;
  if (!editable && attachments.length === 0) return null;
  const upload = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    try {
      await session.commands.uploadFile(task.id, file);
    } catch (error) {
      const detail = error.problem?.detail ?? "The server can't be reached. Try again when you are online.";
      screen.toast({ kind: "error", text: `“${file.name}” wasn't uploaded`, detail });
    }
  };
  return html`<section class="task__section" aria-label="Attachments">
    <h3><${Icon} name="clip" />Attachments</h3>
    ${attachments.length > 0 && html`<ul role="list"
      class="attachments">
      ${attachments.map((one) => html`<${Attachment} key=${one.id} attachment=${one} editable=${editable} />`)}
    </ul>`}
    ${
      editable &&
      html`<div class="row">
      <${LinkForm} taskId=${task.id} />
      <button type="button" class="button button--quiet button--small line-form"
        onClick=${() => input.current.click()}><${Icon} name="upload" small=${true} />Upload file</button>
      <input ref=${input} type="file" hidden onChange=${upload} />
    </div>`
    }
  </section>`;
}
