/**
 * Refused changes as notices: one for each, but one for all that met the same missing thing, because a person whose
 * task was deleted meanwhile has to be told that once.
 */
import { actions } from "./actions/index.js";
import { sayGone, sayRefused } from "./wording.js";

/** @import { Command, NoticeDraft, Problem, Ref } from "./types.js" */

/** @typedef {{commands: Set<string>, title: string|undefined}} Group   the commands behind one notice */

export class Refusals {
  /** By the notices' ids. @type {Map<string, Group>} */
  groups = new Map();

  /**
   * @param {{has: (ref: Ref) => boolean, say: (notice: NoticeDraft) => void, dismiss: (commandId: string) => void}} ports
   */
  constructor({ has, say, dismiss }) {
    this.has = has;
    this.say = say;
    this.dismiss = dismiss;
  }

  /** @param {Command} command @param {Problem} problem @param {number} dependents how many went with it */
  show(command, problem, dependents) {
    const ref = actions[command.name]?.uses(command.args)[0];
    const gone = problem.status === 404 && ref && !this.has(ref) ? ref : undefined;
    const id = gone ? `gone ${gone.id}` : command.id;
    /** @type {Group} */
    const group = this.groups.get(id) ?? { commands: new Set(), title: undefined };
    this.groups.set(id, group);
    group.commands.add(command.id);
    group.title ??= command.about ?? command.args.title;
    const text = gone
      ? sayGone(gone.kind, group.title, group.commands.size + dependents)
      : sayRefused(command, dependents);
    const written = { theirs: problem.theirs, base: command.args.base };
    this.say({
      id,
      kind: "refused",
      text,
      detail: reasonOf(problem),
      ref,
      mine: wordsOf(command),
      ...written,
    });
  }

  /** A notice was read: every command behind it can be forgotten. @param {string} noticeId @returns {boolean} whether it was one of these */
  close(noticeId) {
    const group = this.groups.get(noticeId);
    this.groups.delete(noticeId);
    for (const id of group?.commands ?? []) this.dismiss(id);
    return Boolean(group);
  }

  /** Another tab has forgotten this command. @param {string} commandId @returns {string|undefined} the notice that has nothing left behind it */
  forget(commandId) {
    for (const [noticeId, { commands }] of this.groups) {
      if (commands.delete(commandId) && commands.size === 0) return noticeId;
    }
    return undefined;
  }
}

/** @param {Problem} problem */
function reasonOf({ title, detail, errors = [] }) {
  return errors.map(({ message }) => message).join(" ") || detail || title;
}

/** The person's own words, so that they can be kept. @param {Command} command */
function wordsOf({ args }) {
  return args.body ?? args.fields?.description ?? args.fields?.title ?? args.title;
}
