import { html } from "htm/preact";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { ActivitySheet } from "./activity-sheet.js";
import { ArchiveSheet } from "./archive-sheet.js";
import { HelpSheet } from "./help-sheet.js";
import { LabelsSheet } from "./labels-sheet.js";
import { MembersSheet } from "./members-sheet.js";
import { Modal } from "./modal.js";

const SHEETS = {
  activity: { title: t("Activity"), Content: ActivitySheet },
  archive: { title: t("Archive"), Content: ArchiveSheet },
  help: { title: t("Keyboard shortcuts"), Content: HelpSheet },
  labels: { title: t("Labels"), Content: LabelsSheet },
  members: { title: t("Members"), Content: MembersSheet },
};

/** Show the sheet at the side that is open: activity, archive, labels, members or help. */
export function Sheet() {
  const { screen } = useBoard();
  const name = screen.sheet.value;
  if (!name) return null;
  const { title, Content } = SHEETS[name];
  const close = () => {
    screen.sheet.value = null;
  };
  return html`<${Modal} key=${name} kind="modal--sheet" label=${title} onClose=${close}>
    <div class="modal__body stack"><${Content} /></div>
  <//>`;
}
