/** What was tried, in words, for notices. */
import { t, tn } from "../lib/i18n.js";
import { shorten as shortenTo } from "../lib/length.js";
import { problemOf } from "./api.js";
import { wordsOf } from "./kinds.js";

/** @import { Actor, Change, Command, Fields, Kind, Role, View } from "./types.js" */

/** Why an action did not work, by its name. @type {Record<string, ((title: string|undefined) => string)|undefined>} */
const REFUSALS = {
  createColumn: (title) => title ? t("Could not add the column “{title}”.", { title }) : t("Could not add the column."),
  renameColumn: (title) => title ? t("Could not rename the column “{title}”.", { title }) : t("Could not rename the column."),
  setWipLimit: (title) => title ? t("Could not set the limit of the column “{title}”.", { title }) : t("Could not set the limit of the column."),
  moveColumn: (title) => title ? t("Could not move the column “{title}”.", { title }) : t("Could not move the column."),
  archiveColumn: (title) => title ? t("Could not archive the column “{title}”.", { title }) : t("Could not archive the column."),
  restoreColumn: (title) => title ? t("Could not restore the column “{title}”.", { title }) : t("Could not restore the column."),
  deleteColumn: (title) => title ? t("Could not delete the column “{title}”.", { title }) : t("Could not delete the column."),
  createTask: (title) => title ? t("Could not add the card “{title}”.", { title }) : t("Could not add the card."),
  editTask: (title) => title ? t("Could not change the card “{title}”.", { title }) : t("Could not change the card."),
  moveTask: (title) => title ? t("Could not move the card “{title}”.", { title }) : t("Could not move the card."),
  archiveTask: (title) => title ? t("Could not archive the card “{title}”.", { title }) : t("Could not archive the card."),
  restoreTask: (title) => title ? t("Could not restore the card “{title}”.", { title }) : t("Could not restore the card."),
  deleteTask: (title) => title ? t("Could not delete the card “{title}”.", { title }) : t("Could not delete the card."),
  completeTask: (title) => title ? t("Could not mark the card “{title}”.", { title }) : t("Could not mark the card."),
  labelTask: (title) => title ? t("Could not label the card “{title}”.", { title }) : t("Could not label the card."),
  unlabelTask: (title) => title ? t("Could not take the label off the card “{title}”.", { title }) : t("Could not take the label off the card."),
  assign: (title) => title ? t("Could not assign the card “{title}”.", { title }) : t("Could not assign the card."),
  unassign: (title) => title ? t("Could not unassign the card “{title}”.", { title }) : t("Could not unassign the card."),
  createLabel: (title) => title ? t("Could not add the label “{title}”.", { title }) : t("Could not add the label."),
  updateLabel: (title) => title ? t("Could not change the label “{title}”.", { title }) : t("Could not change the label."),
  deleteLabel: (title) => title ? t("Could not delete the label “{title}”.", { title }) : t("Could not delete the label."),
  addComment: (title) => title ? t("Could not comment on the card “{title}”.", { title }) : t("Could not comment on the card."),
  editComment: (title) => title ? t("Could not change the comment “{title}”.", { title }) : t("Could not change the comment."),
  deleteComment: (title) => title ? t("Could not delete the comment “{title}”.", { title }) : t("Could not delete the comment."),
  addLink: (title) => title ? t("Could not attach the link “{title}”.", { title }) : t("Could not attach the link."),
  removeAttachment: (title) => title ? t("Could not remove the attachment “{title}”.", { title }) : t("Could not remove the attachment."),
  addChecklist: (title) => title ? t("Could not add the checklist “{title}”.", { title }) : t("Could not add the checklist."),
  renameChecklist: (title) => title ? t("Could not rename the checklist “{title}”.", { title }) : t("Could not rename the checklist."),
  moveChecklist: (title) => title ? t("Could not move the checklist “{title}”.", { title }) : t("Could not move the checklist."),
  deleteChecklist: (title) => title ? t("Could not delete the checklist “{title}”.", { title }) : t("Could not delete the checklist."),
  addItem: (title) => title ? t("Could not add the checklist item “{title}”.", { title }) : t("Could not add the checklist item."),
  renameItem: (title) => title ? t("Could not rename the checklist item “{title}”.", { title }) : t("Could not rename the checklist item."),
  checkItem: (title) => title ? t("Could not check the checklist item “{title}”.", { title }) : t("Could not check the checklist item."),
  moveItem: (title) => title ? t("Could not move the checklist item “{title}”.", { title }) : t("Could not move the checklist item."),
  deleteItem: (title) => title ? t("Could not delete the checklist item “{title}”.", { title }) : t("Could not delete the checklist item."),
  updateBoard: (title) => title ? t("Could not change the board “{title}”.", { title }) : t("Could not change the board."),
  archiveBoard: (title) => title ? t("Could not archive the board “{title}”.", { title }) : t("Could not archive the board."),
  restoreBoard: (title) => title ? t("Could not restore the board “{title}”.", { title }) : t("Could not restore the board."),
  setMemberRole: (title) => title ? t("Could not change the role of “{title}”.", { title }) : t("Could not change the role of."),
  removeMember: (title) => title ? t("Could not remove the member “{title}”.", { title }) : t("Could not remove the member."),
};

/** @type {Kind[]} */
const KINDS = ["task", "column", "label", "member", "item", "checklist", "attachment"];

/** What was to be changed and is gone. @type {Record<string, ((count: number, title: string|undefined) => string)|undefined>} */
const GONE = {
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
const DELETED = {
  board: (who, title) => title ? t("{who} deleted the board “{title}”", { who, title }) : t("{who} deleted the board", { who }),
  column: (who, title) => title ? t("{who} deleted the column “{title}”", { who, title }) : t("{who} deleted the column", { who }),
  task: (who, title) => title ? t("{who} deleted the card “{title}”", { who, title }) : t("{who} deleted the card", { who }),
  checklist: (who, title) => title ? t("{who} deleted the checklist “{title}”", { who, title }) : t("{who} deleted the checklist", { who }),
  comment: (who, title) => title ? t("{who} deleted the comment “{title}”", { who, title }) : t("{who} deleted the comment", { who }),
  item: (who, title) => title ? t("{who} deleted the checklist item “{title}”", { who, title }) : t("{who} deleted the checklist item", { who }),
  label: (who, title) => title ? t("{who} deleted the label “{title}”", { who, title }) : t("{who} deleted the label", { who }),
};

/** Who archived what. @type {Partial<Record<Kind, (who: string, title: string|undefined) => string>>} */
const ARCHIVED = {
  board: (who, title) => title ? t("{who} archived the board “{title}”", { who, title }) : t("{who} archived the board", { who }),
  column: (who, title) => title ? t("{who} archived the column “{title}”", { who, title }) : t("{who} archived the column", { who }),
  task: (who, title) => title ? t("{who} archived the card “{title}”", { who, title }) : t("{who} archived the card", { who }),
  checklist: (who, title) => title ? t("{who} archived the checklist “{title}”", { who, title }) : t("{who} archived the checklist", { who }),
  comment: (who, title) => title ? t("{who} archived the comment “{title}”", { who, title }) : t("{who} archived the comment", { who }),
  item: (who, title) => title ? t("{who} archived the checklist item “{title}”", { who, title }) : t("{who} archived the checklist item", { who }),
  label: (who, title) => title ? t("{who} archived the label “{title}”", { who, title }) : t("{who} archived the label", { who }),
};

/** @type {Kind[]} */
const TAKEN = ["board", "column", "task", "checklist", "comment", "item", "label"];

/** @type {Record<Role, (who: string) => string>} */
const ROLE_GIVEN = {
  owner: (who) => t("{who} made you an owner", { who }),
  editor: (who) => t("{who} made you an editor", { who }),
  commenter: (who) => t("{who} made you a commenter", { who }),
  viewer: (who) => t("{who} made you a viewer", { who }),
};

/** "1 card", "2 cards". @param {number} number @param {string} word */
export function countOf(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** "Could not move the card “Buy milk”." @param {Pick<Command, "name"|"args"|"about">} command @param {number} dependents */
export function sayRefused({ name, args, about }, dependents) {
  const title = args.title ?? args.name ?? about;
  const short = title ? shorten(title) : undefined;
  const what = REFUSALS[name]?.(short) ?? sayUnknownRefused(short);
  if (dependents === 0) return what;
  const lost = tn(
    "One later change to it went with it.",
    "{count} later changes to it went with it.",
    dependents,
  );
  return `${what} ${lost}`;
}

/** @param {string|undefined} title */
function sayUnknownRefused(title) {
  return title ? t("Could not make a change “{title}”.", { title }) : t("Could not make a change.");
}

/** "The card “Buy milk” is gone: 3 of your changes to it could not be made." @param {string} kind @param {string|undefined} title @param {number} count */
export function sayGone(kind, title, count) {
  const say = GONE[kind] ?? GONE.task;
  return say?.(count, title ? shorten(title) : undefined) ?? "";
}

/** "Anna also changed the title." @param {Actor|null} actor @param {string} field @param {string} [title] */
export function sayCollision(actor, field, title) {
  const [who, what] = [nameOf(actor), wordsOf(field)];
  return title
    ? t("{who} also changed the {what} of “{title}”. Your change will replace it.", { who, what, title: shorten(title) })
    : t("{who} also changed the {what}. Your change will replace it.", { who, what });
}

/** "Anna replaced the title of “Buy milk” that you had written." @param {Actor|null} actor @param {string} field @param {string} [title] */
export function sayOverwritten(actor, field, title) {
  const [who, what] = [nameOf(actor), wordsOf(field)];
  return title
    ? t("{who} replaced the {what} of “{title}” that you had written.", { who, what, title: shorten(title) })
    : t("{who} replaced the {what} that you had written.", { who, what });
}

/** @param {Actor|null} actor */
function nameOf(actor) {
  return actor?.name ?? t("Somebody");
}

/** "Anna deleted the card “Plan”, while you were writing." @param {string} cause a sentence, or one without its full stop */
export function sayLost(cause) {
  return t("{cause}, while you were writing.", { cause: cause.replace(/\.$/, "") });
}

/** Why a board can't be shown: the server's own reason, or that there was none. @param {Error} error */
export function sayTrouble(error) {
  const problem = problemOf(error);
  if (!problem) return t("The server can't be reached, or something else answers in its place.");
  const answer = [problem.status, problem.title].filter(Boolean).join(" ");
  return problem.detail || t("The server answers {answer}.", { answer });
}

/**
 * Who took what away with an event: "Anna deleted the card “Plan”"; undefined when it took nothing.
 *
 * @param {{actor: Actor|null, changes: Change[]}} event @param {string|null} me the id of who reads it
 * @param {(kind: Kind, id: string) => string|undefined} titleOf
 */
export function sayCause({ actor, changes }, me, titleOf) {
  const who = actor && actor.id === me ? t("You, in another window,") : nameOf(actor);
  const role = changes.find(({ kind, id, set }) => kind === "member" && id === me && set?.role)?.set?.role;
  if (role) return ROLE_GIVEN[role](who);
  for (const kind of TAKEN) {
    const taken = changes.find((change) => change.kind === kind && (change.del || change.set?.archived_at));
    if (!taken) continue;
    const title = titleOf(kind, taken.id);
    return (taken.del ? DELETED : ARCHIVED)[kind]?.(who, title ? shorten(title) : undefined);
  }
  return undefined;
}

/**
 * What a thing is called on the screen; a detail that has no name of its own, as its task.
 *
 * @param {View|null} view @param {{id: string, taskId?: string}} thing
 * @returns {string|undefined}
 */
export function titleOf(view, { id, taskId }) {
  for (const kind of KINDS) {
    /** @type {Fields|undefined} */
    const thing = view?.get(kind, id);
    if (thing) return thing.title ?? thing.name;
  }
  return taskId ? view?.get("task", taskId)?.title : undefined;
}

/** @param {string} title */
function shorten(title) {
  return shortenTo(title, 60);
}
