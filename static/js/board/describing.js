/** Saving a description that somebody else may have changed: merged with theirs, never over theirs unseen. */
import { t } from "../lib/i18n.js";
import { RequestError, problemOf } from "./api.js";
import { patch, path } from "./actions/action.js";
import { mergeTexts } from "./text-merge.js";

/** @import { Api, Command, Fields, Problem, Request } from "./types.js" */

/** @typedef {{description: string, version: number}} Current   the task as the server has it */
/** @typedef {Command & {args: {base: string, fields: Fields & {description: string}}}} Rewrite */

const TRIES = 5;

/** Whether a command says which description it was written on. @param {Command} command @returns {command is Rewrite} */
export function isRewrite(command) {
  const { name, args } = command;
  return name === "editTask" && args.base !== undefined && args.fields?.description !== undefined;
}

/**
 * Reads the description, merges the person's changes into it, and saves that on condition (`If-Match`, RFC 9110) that
 * nobody has saved in between; then begins anew.
 *
 * @param {Api} api
 * @param {Rewrite} command
 * @returns {Promise<{seq: number}>}
 * @throws {RequestError} 412 when both changed the same words; its problem holds `theirs`
 */
export async function sendRewrite(api, command) {
  for (let left = TRIES; ; left -= 1) {
    /** @type {Current} */
    const current = await api.get(path`/tasks/${command.args.id}`);
    try {
      return await api.send(rewrite(command, current), command.id);
    } catch (error) {
      const problem = problemOf(error);
      if (isRepeat(problem)) return readSeq(api, command.board);
      if (problem?.status !== 412 || problem.theirs !== undefined || left === 0) throw error;
    }
  }
}

/** @param {Api} api @param {string} board its id @returns {Promise<{seq: number}>} */
function readSeq(api, board) {
  return api.get(path`/boards/${board}`);
}

/** @param {Rewrite} command @param {Current} current @returns {Request} */
function rewrite({ args: { id, fields, base } }, current) {
  const description = mergeTexts(base, fields.description, current.description);
  if (description === null) throw new RequestError(clash(current.description));
  const request = patch(path`/tasks/${id}`, { ...fields, description });
  return { ...request, headers: { "If-Match": `"v${current.version}"` } };
}

/** @param {string} theirs @returns {Problem} */
function clash(theirs) {
  const detail = t(
    "Somebody else rewrote the same words meanwhile. Both texts are kept: compare them and choose.",
  );
  return { status: 412, title: t("Both changed the same words"), detail, theirs };
}

/** An earlier try got through, unheard; this one, merged with what came later, is known by its key not to be it. @param {Problem} [problem] */
function isRepeat(problem) {
  return problem?.status === 422 && problem.errors?.some(({ field }) => field === "Idempotency-Key");
}
