import { html } from "htm/preact";
import { useBoard } from "../context.js";
import { ActivitySheet } from "./activity-sheet.js";
import { ArchiveSheet } from "./archive-sheet.js";
import { HelpSheet } from "./help-sheet.js";
import { LabelsSheet } from "./labels-sheet.js";
import { MembersSheet } from "./members-sheet.js";
import { Modal } from "./modal.js";

const SHEETS = {
  activity: ["Activity", ActivitySheet],
  archive: ["Archive", ArchiveSheet],
  help: ["Keyboard shortcuts", HelpSheet],
  labels: ["Labels", LabelsSheet],
  members: ["Members", MembersSheet],
};

/** The drawer at the side: one of activity, archive, labels, members or help. */
export function Sheet() {
  const { screen } = useBoard();
  const close = () => (screen.sheet.value = null);
  if (!screen.sheet.value) return null;
  const [title, Content] = SHEETS[screen.sheet.value];
  return html`<${Modal} key=${title} kind="modal--sheet" label=${title} onClose=${close}>
    <div class="modal__body stack"><${Content} /></div>
  <//>`;
}
