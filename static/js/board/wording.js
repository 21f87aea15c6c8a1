/** What was tried, in words, for notices. */
import { t, tn } from "../lib/i18n.js";
import { shorten as shortenTo } from "../lib/length.js";
import { problemOf } from "./api.js";
import { wordsOf } from "./kinds.js";
import { ARCHIVED, DELETED, GONE, REFUSALS, ROLE_GIVEN } from "./sentences.js";

/** @import { Actor, Change, Command, Fields, Kind, View } from "./types.js" */

/** @type {Kind[]} */
const KINDS = ["task", "column", "label", "member", "item", "checklist", "attachment"];

/** @type {Kind[]} */
const TAKEN = ["board", "column", "task", "checklist", "comment", "item", "label"];

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
    ? t("{who} also changed the {what} of “{title}”. Your change will replace it.", {
        who,
        what,
        title: shorten(title),
      })
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
