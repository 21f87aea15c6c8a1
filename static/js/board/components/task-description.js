import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { ConflictBar } from "./conflict-bar.js";
import { useDiscard } from "./draft-badge.js";
import { Icon } from "./icon.js";
import { MarkdownText } from "./markdown-text.js";
import { TextEditor } from "./text-editor.js";

/** @import { Details, Task } from "../types.js" */

/**
 * Show the description: rendered Markdown, or an editor on a draft that no event touches.
 *
 * @param {{task: Task, details: Details}} props
 */
export function TaskDescription({ task, details }) {
  const loaded = details.description.value;
  return html`<section class="task__section" aria-label=${t("Description")}>
    ${
      loaded === undefined
        ? html`<${Loading} task=${task} />`
        : html`<${Description} task=${task} description=${loaded} />`
    }
  </section>`;
}

/** @param {{task: Task}} props */
function Loading({ task }) {
  return html`<h3><${Icon} name="text" />${t("Description")}</h3>${
    task.has_description && html`<p class="skeleton" aria-label=${t("Loading")}></p>`
  }`;
}

/** @param {{task: Task, description: string}} props */
function Description({ task, description }) {
  const { session, screen } = useBoard();
  const save = (/** @type {string} */ text, /** @type {string} */ base) =>
    session.commands.editTask(task.id, { description: text }, base);
  const draft = useDraft(`description ${task.id}`, description, save, { merges: true });
  const [begun, setBegun] = useState(false);
  const discard = useDiscard();
  const editable = screen.canEdit.value;
  const open = (begun || draft.dirty) && editable;
  const hasOtherText = draft.conflict || draft.merged !== null;
  useEffect(() => session.setPresence(task.id, open ? "edit" : "view"), [open]);
  const start = () => {
    draft.begin();
    setBegun(true);
  };
  const finish = (/** @type {() => void} */ act) => () => {
    act();
    setBegun(false);
  };
  const text = description
    ? html`<${MarkdownText} text=${description} />`
    : editable &&
      html`<button type="button" class="task__invite" onClick=${start}>${t("Add a description…")}</button>`;
  return html`
    <div class="row row--between">
      <h3><${Icon} name="text" />${t("Description")}</h3>
      ${
        editable &&
        !open &&
        description &&
        html`<button type="button" class="button button--small button--quiet" onClick=${start}>${t("Edit")}</button>`
      }
    </div>
    ${
      open
        ? html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label=${t("Description")}
            save=${t("Save")} blocked=${draft.conflict} onType=${draft.type} onSave=${finish(draft.commit)}
            onCancel=${finish(() => discard(draft.key))} limit=${LIMITS.description} />`
        : text
    }
    ${
      open &&
      hasOtherText &&
      html`<${ConflictBar} task=${task} field="description" draft=${draft} theirs=${description} />`
    }`;
}
