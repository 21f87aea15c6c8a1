/** Whole sentences for each action and each kind of thing, so that every language can build its own. */
import { t, tn } from "../lib/i18n.js";

/** @import { Kind, Role } from "./types.js" */

/** Why an action did not work, by its name. @type {Record<string, ((title: string|undefined) => string)|undefined>} */
export const REFUSALS = {
  createColumn: (title) =>
    title ? t("Could not add the column “{title}”.", { title }) : t("Could not add the column."),
  renameColumn: (title) =>
    title ? t("Could not rename the column “{title}”.", { title }) : t("Could not rename the column."),
  setWipLimit: (title) =>
    title
      ? t("Could not set the limit of the column “{title}”.", { title })
      : t("Could not set the limit of the column."),
  moveColumn: (title) =>
    title ? t("Could not move the column “{title}”.", { title }) : t("Could not move the column."),
  archiveColumn: (title) =>
    title ? t("Could not archive the column “{title}”.", { title }) : t("Could not archive the column."),
  restoreColumn: (title) =>
    title ? t("Could not restore the column “{title}”.", { title }) : t("Could not restore the column."),
  deleteColumn: (title) =>
    title ? t("Could not delete the column “{title}”.", { title }) : t("Could not delete the column."),
  createTask: (title) =>
    title ? t("Could not add the card “{title}”.", { title }) : t("Could not add the card."),
  editTask: (title) =>
    title ? t("Could not change the card “{title}”.", { title }) : t("Could not change the card."),
  moveTask: (title) =>
    title ? t("Could not move the card “{title}”.", { title }) : t("Could not move the card."),
  archiveTask: (title) =>
    title ? t("Could not archive the card “{title}”.", { title }) : t("Could not archive the card."),
  restoreTask: (title) =>
    title ? t("Could not restore the card “{title}”.", { title }) : t("Could not restore the card."),
  deleteTask: (title) =>
    title ? t("Could not delete the card “{title}”.", { title }) : t("Could not delete the card."),
  completeTask: (title) =>
    title ? t("Could not mark the card “{title}”.", { title }) : t("Could not mark the card."),
  labelTask: (title) =>
    title ? t("Could not label the card “{title}”.", { title }) : t("Could not label the card."),
  unlabelTask: (title) =>
    title
      ? t("Could not take the label off the card “{title}”.", { title })
      : t("Could not take the label off the card."),
  assign: (title) =>
    title ? t("Could not assign the card “{title}”.", { title }) : t("Could not assign the card."),
  unassign: (title) =>
    title ? t("Could not unassign the card “{title}”.", { title }) : t("Could not unassign the card."),
  createLabel: (title) =>
    title ? t("Could not add the label “{title}”.", { title }) : t("Could not add the label."),
  updateLabel: (title) =>
    title ? t("Could not change the label “{title}”.", { title }) : t("Could not change the label."),
  deleteLabel: (title) =>
    title ? t("Could not delete the label “{title}”.", { title }) : t("Could not delete the label."),
  addComment: (title) =>
    title ? t("Could not comment on the card “{title}”.", { title }) : t("Could not comment on the card."),
  editComment: (title) =>
    title ? t("Could not change the comment “{title}”.", { title }) : t("Could not change the comment."),
  deleteComment: (title) =>
    title ? t("Could not delete the comment “{title}”.", { title }) : t("Could not delete the comment."),
  addLink: (title) =>
    title ? t("Could not attach the link “{title}”.", { title }) : t("Could not attach the link."),
  removeAttachment: (title) =>
    title
      ? t("Could not remove the attachment “{title}”.", { title })
      : t("Could not remove the attachment."),
  addChecklist: (title) =>
    title ? t("Could not add the checklist “{title}”.", { title }) : t("Could not add the checklist."),
  renameChecklist: (title) =>
    title ? t("Could not rename the checklist “{title}”.", { title }) : t("Could not rename the checklist."),
  moveChecklist: (title) =>
    title ? t("Could not move the checklist “{title}”.", { title }) : t("Could not move the checklist."),
  deleteChecklist: (title) =>
    title ? t("Could not delete the checklist “{title}”.", { title }) : t("Could not delete the checklist."),
  addItem: (title) =>
    title
      ? t("Could not add the checklist item “{title}”.", { title })
      : t("Could not add the checklist item."),
  renameItem: (title) =>
    title
      ? t("Could not rename the checklist item “{title}”.", { title })
      : t("Could not rename the checklist item."),
  checkItem: (title) =>
    title
      ? t("Could not check the checklist item “{title}”.", { title })
      : t("Could not check the checklist item."),
  moveItem: (title) =>
    title
      ? t("Could not move the checklist item “{title}”.", { title })
      : t("Could not move the checklist item."),
  deleteItem: (title) =>
    title
      ? t("Could not delete the checklist item “{title}”.", { title })
      : t("Could not delete the checklist item."),
  updateBoard: (title) =>
    title ? t("Could not change the board “{title}”.", { title }) : t("Could not change the board."),
  archiveBoard: (title) =>
    title ? t("Could not archive the board “{title}”.", { title }) : t("Could not archive the board."),
  restoreBoard: (title) =>
    title ? t("Could not restore the board “{title}”.", { title }) : t("Could not restore the board."),
  setMemberRole: (title) =>
    title ? t("Could not change the role of “{title}”.", { title }) : t("Could not change the role of."),
  removeMember: (title) =>
    title ? t("Could not remove the member “{title}”.", { title }) : t("Could not remove the member."),
};

/** What was to be changed and is gone. @type {Record<string, ((count: number, title: string|undefined) => string)|undefined>} */
export const GONE = {
  board: (count, title) =>
    title
      ? tn(
          "The board “{title}” is gone: your change to it could not be made.",
          "The board “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The board is gone: your change to it could not be made.",
          "The board is gone: {count} of your changes to it could not be made.",
          count,
        ),
  column: (count, title) =>
    title
      ? tn(
          "The column “{title}” is gone: your change to it could not be made.",
          "The column “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The column is gone: your change to it could not be made.",
          "The column is gone: {count} of your changes to it could not be made.",
          count,
        ),
  task: (count, title) =>
    title
      ? tn(
          "The card “{title}” is gone: your change to it could not be made.",
          "The card “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The card is gone: your change to it could not be made.",
          "The card is gone: {count} of your changes to it could not be made.",
          count,
        ),
  label: (count, title) =>
    title
      ? tn(
          "The label “{title}” is gone: your change to it could not be made.",
          "The label “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The label is gone: your change to it could not be made.",
          "The label is gone: {count} of your changes to it could not be made.",
          count,
        ),
  member: (count, title) =>
    title
      ? tn(
          "The member “{title}” is gone: your change to it could not be made.",
          "The member “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The member is gone: your change to it could not be made.",
          "The member is gone: {count} of your changes to it could not be made.",
          count,
        ),
  team: (count, title) =>
    title
      ? tn(
          "The team “{title}” is gone: your change to it could not be made.",
          "The team “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The team is gone: your change to it could not be made.",
          "The team is gone: {count} of your changes to it could not be made.",
          count,
        ),
  checklist: (count, title) =>
    title
      ? tn(
          "The checklist “{title}” is gone: your change to it could not be made.",
          "The checklist “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The checklist is gone: your change to it could not be made.",
          "The checklist is gone: {count} of your changes to it could not be made.",
          count,
        ),
  item: (count, title) =>
    title
      ? tn(
          "The checklist item “{title}” is gone: your change to it could not be made.",
          "The checklist item “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The checklist item is gone: your change to it could not be made.",
          "The checklist item is gone: {count} of your changes to it could not be made.",
          count,
        ),
  comment: (count, title) =>
    title
      ? tn(
          "The comment “{title}” is gone: your change to it could not be made.",
          "The comment “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The comment is gone: your change to it could not be made.",
          "The comment is gone: {count} of your changes to it could not be made.",
          count,
        ),
  attachment: (count, title) =>
    title
      ? tn(
          "The attachment “{title}” is gone: your change to it could not be made.",
          "The attachment “{title}” is gone: {count} of your changes to it could not be made.",
          count,
          { title },
        )
      : tn(
          "The attachment is gone: your change to it could not be made.",
          "The attachment is gone: {count} of your changes to it could not be made.",
          count,
        ),
};

/** Who deleted what. @type {Partial<Record<Kind, (who: string, title: string|undefined) => string>>} */
export const DELETED = {
  board: (who, title) =>
    title ? t("{who} deleted the board “{title}”", { who, title }) : t("{who} deleted the board", { who }),
  column: (who, title) =>
    title ? t("{who} deleted the column “{title}”", { who, title }) : t("{who} deleted the column", { who }),
  task: (who, title) =>
    title ? t("{who} deleted the card “{title}”", { who, title }) : t("{who} deleted the card", { who }),
  checklist: (who, title) =>
    title
      ? t("{who} deleted the checklist “{title}”", { who, title })
      : t("{who} deleted the checklist", { who }),
  comment: (who, title) =>
    title
      ? t("{who} deleted the comment “{title}”", { who, title })
      : t("{who} deleted the comment", { who }),
  item: (who, title) =>
    title
      ? t("{who} deleted the checklist item “{title}”", { who, title })
      : t("{who} deleted the checklist item", { who }),
  label: (who, title) =>
    title ? t("{who} deleted the label “{title}”", { who, title }) : t("{who} deleted the label", { who }),
};

/** Who archived what. @type {Partial<Record<Kind, (who: string, title: string|undefined) => string>>} */
export const ARCHIVED = {
  board: (who, title) =>
    title ? t("{who} archived the board “{title}”", { who, title }) : t("{who} archived the board", { who }),
  column: (who, title) =>
    title
      ? t("{who} archived the column “{title}”", { who, title })
      : t("{who} archived the column", { who }),
  task: (who, title) =>
    title ? t("{who} archived the card “{title}”", { who, title }) : t("{who} archived the card", { who }),
  checklist: (who, title) =>
    title
      ? t("{who} archived the checklist “{title}”", { who, title })
      : t("{who} archived the checklist", { who }),
  comment: (who, title) =>
    title
      ? t("{who} archived the comment “{title}”", { who, title })
      : t("{who} archived the comment", { who }),
  item: (who, title) =>
    title
      ? t("{who} archived the checklist item “{title}”", { who, title })
      : t("{who} archived the checklist item", { who }),
  label: (who, title) =>
    title ? t("{who} archived the label “{title}”", { who, title }) : t("{who} archived the label", { who }),
};

/** @type {Record<Role, (who: string) => string>} */
export const ROLE_GIVEN = {
  owner: (who) => t("{who} made you an owner", { who }),
  editor: (who) => t("{who} made you an editor", { who }),
  commenter: (who) => t("{who} made you a commenter", { who }),
  viewer: (who) => t("{who} made you a viewer", { who }),
};
