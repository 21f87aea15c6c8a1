/** What was tried, in words, for notices. */
import { problemOf } from "./api.js";
import { shorten as shortenTo } from "../lib/length.js";
import { wordsOf } from "./kinds.js";

/** @import { Actor, Change, Command, Fields, Kind, View } from "./types.js" */

/** By the names of actions. @type {Record<string, string|undefined>} */
const PHRASES = {
  createColumn: "add the column", renameColumn: "rename the column", setWipLimit: "set the limit of the column",
  moveColumn: "move the column", archiveColumn: "archive the column", restoreColumn: "restore the column",
  deleteColumn: "delete the column", createTask: "add the card", editTask: "change the card",
  moveTask: "move the card", archiveTask: "archive the card", restoreTask: "restore the card",
  deleteTask: "delete the card", completeTask: "mark the card", labelTask: "label the card",
  unlabelTask: "take the label off the card", assign: "assign the card", unassign: "unassign the card",
  createLabel: "add the label", updateLabel: "change the label", deleteLabel: "delete the label",
  addComment: "comment on the card", editComment: "change the comment", deleteComment: "delete the comment",
  addLink: "attach the link", removeAttachment: "remove the attachment", addChecklist: "add the checklist",
  renameChecklist: "rename the checklist", moveChecklist: "move the checklist", deleteChecklist: "delete the checklist",
  addItem: "add the checklist item", renameItem: "rename the checklist item", checkItem: "check the checklist item",
  moveItem: "move the checklist item", deleteItem: "delete the checklist item", updateBoard: "change the board",
  archiveBoard: "archive the board", restoreBoard: "restore the board", setMemberRole: "change the role of",
  removeMember: "remove the member",
};
/** @type {Kind[]} */
const KINDS = ["task", "column", "label", "member", "item", "checklist", "attachment"];

/** What things are called on the screen, where that is not the name of their kind. @type {Record<string, string|undefined>} */
const WORDS = { task: "card", item: "checklist item" };
/** @type {Kind[]} */
const TAKEN = ["board", "column", "task", "checklist", "comment", "item", "label"];

/** "1 card", "2 cards". @param {number} number @param {string} word */
export function countOf(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** "The card “Buy milk” could not be moved" in the shape "Could not move the card “Buy milk”." @param {Command} command @param {number} dependents */
export function sayRefused({ name, args, about }, dependents) {
  const title = args.title ?? args.name ?? about;
  const what = `Could not ${PHRASES[name] ?? "make a change"}${title ? ` “${shorten(title)}”` : ""}.`;
  if (dependents === 0) return what;
  return `${what} ${dependents === 1 ? "One later change" : `${dependents} later changes`} to it went with it.`;
}

/** "The card “Buy milk” is gone: 3 of your changes to it could not be made." @param {string} kind @param {string|undefined} title @param {number} count */
export function sayGone(kind, title, count) {
  const what = `The ${WORDS[kind] ?? kind}${title ? ` “${shorten(title)}”` : ""} is gone`;
  return `${what}: ${count === 1 ? "your change" : `${count} of your changes`} to it could not be made.`;
}

/** "Anna also changed the title." @param {Actor|null} actor @param {string} field @param {string} [title] */
export function sayCollision(actor, field, title) {
  const who = actor?.name ?? "Somebody";
  const what = wordsOf(field);
  return `${who} also changed the ${what}${title ? ` of “${shorten(title)}”` : ""}. Your change will replace it.`;
}

/** "Anna replaced the title of “Buy milk” that you had written." @param {Actor|null} actor @param {string} field @param {string} [title] */
export function sayOverwritten(actor, field, title) {
  const what = wordsOf(field);
  return `${actor?.name ?? "Somebody"} replaced the ${what}${title ? ` of “${shorten(title)}”` : ""} that you had written.`;
}

/** Why a board can't be shown: the server's own reason, or that there was none. @param {Error} error */
export function sayTrouble(error) {
  const problem = problemOf(error);
  if (!problem) return "The server can't be reached, or something else answers in its place.";
  return problem.detail || `The server answers ${[problem.status, problem.title].filter(Boolean).join(" ")}.`;
}

/**
 * Who took what away with an event: "Anna deleted the card “Plan”"; undefined when it took nothing.
 *
 * @param {{actor: Actor|null, changes: Change[]}} event @param {string|null} me the id of who reads it
 * @param {(kind: Kind, id: string) => string|undefined} titleOf
 */
export function sayCause({ actor, changes }, me, titleOf) {
  const who = actor ? (actor.id === me ? "You, in another window," : actor.name) : "Somebody";
  const role = changes.find(({ kind, id, set }) => kind === "member" && id === me && set?.role)?.set?.role;
  if (role) return `${who} made you ${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;
  for (const kind of TAKEN) {
    const taken = changes.find((change) => change.kind === kind && (change.del || change.set?.archived_at));
    if (!taken) continue;
    const title = titleOf(kind, taken.id);
    return `${who} ${taken.del ? "deleted" : "archived"} the ${WORDS[kind] ?? kind}${title ? ` “${shorten(title)}”` : ""}`;
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
