import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { Attachment } from "./attachment.js";
import { Icon } from "./icon.js";
import { LinkForm } from "./link-form.js";

/** @import { Details, Task } from "../types.js" */

/**
 * List the links and files of a card, with forms to add some.
 *
 * @param {{task: Task, details: Details}} props
 */
export function Attachments({ task, details }) {
  const { session, screen } = useBoard();
  /** @type {import("preact").RefObject<HTMLInputElement|null>} */
  const input = useRef(null);
  const attachments = details.attachments.value;
  const editable = screen.canEdit.value;
  if (!editable && attachments.length === 0) return null;
  const upload = async () => {
    const file = input.current?.files?.[0];
    if (!input.current || !file) return;
    input.current.value = "";
    try {
      await session.commands.uploadFile(task.id, file);
    } catch (error) {
      const text = t("“{file}” wasn't uploaded", { file: file.name });
      screen.toast({ kind: "error", text, detail: reasonOf(error) });
    }
  };
  return html`<section class="task__section" aria-label=${t("Attachments")}>
    <h3><${Icon} name="clip" />${t("Attachments")}</h3>
    ${
      attachments.length > 0 &&
      html`<ul role="list" class="attachments">
        ${attachments.map((one) => html`<${Attachment} key=${one.id} attachment=${one} editable=${editable} />`)}
      </ul>`
    }
    ${
      editable &&
      html`<div class="row">
        <${LinkForm} taskId=${task.id} />
        <button type="button" class="button button--quiet button--small line-form"
          onClick=${() => input.current?.click()}><${Icon} name="upload" small=${true} />${t("Upload file")}</button>
        <input ref=${input} type="file" hidden onChange=${upload} />
      </div>`
    }
  </section>`;
}
