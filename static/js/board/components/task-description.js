import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { useDraft } from "../drafts.js";
import { Icon } from "./icon.js";
import { ConflictBar } from "./conflict-bar.js";
import { useDiscard } from "./draft-mark.js";
import { MarkdownText } from "./markdown-text.js";
import { TextEditor } from "./text-editor.js";

/** The description: rendered Markdown, or an editor on a draft that no event touches. */
export function TaskDescription({ task, details }) {
  const loaded = details.description.value;
  return html`<section class="task__section" aria-label="Description">
    ${loaded === undefined ? html`<${Waiting} task=${task} />` : html`<${Loaded} task=${task} description=${loaded} />`}
  </section>`;
}

function Waiting({ task }) {
  return html`<h3><${Icon}
    name="text" />Description</h3>${task.has_description && html`<p class="skeleton" aria-label="Loading"></p>`}`;
}

function Loaded({ task, description }) {
  const { session, screen } = useBoard();
  const save = (text, base) => session.commands.editTask(task.id, { description: text }, base);
  const draft = useDraft(`description ${task.id}`, description, save, { merges: true });
  const [begun, setBegun] = useState(false);
  const discard = useDiscard();
  const editable = screen.canEdit.value;
  const open = (begun || draft.dirty) && editable;
  const meets = draft.conflict || draft.merged !== null;
  useEffect(() => session.setPresence(task.id, open ? "edit" : "view"), [open]);
  const start = () => {
    draft.begin();
    setBegun(true);
  };
  const finish = (act) => () => {
    act();
    setBegun(false);
  };
  return html`
    <div class="row row--between">
      <h3><${Icon} name="text" />Description</h3>
      ${editable && !open && description && html`<button type="button" class="button button--small button--quiet"
        onClick=${start}>Edit</button>`}
    </div>
    ${
      open
        ? html`<${TextEditor} text=${draft.text} draft=${draft.key} dirty=${draft.dirty} label="Description"
          save="Save" blocked=${draft.conflict}
          onType=${draft.type}
          onSave=${finish(draft.commit)} onCancel=${finish(() => discard(draft.key))} limit=${LIMITS.description} />`
        : description
          ? html`<${MarkdownText} text=${description} />`
          : editable && html`<button type="button" class="task__invite" onClick=${start}>Add a description…</button>`
    }
    ${open && meets && html`<${ConflictBar} task=${task} what="description" draft=${draft}
      theirs=${description} />`}`;
}
