/** Which tasks a filter lets through. Pure. */
import { fold } from "../lib/text.js";
import { dueState } from "./dates.js";

/** @import { Task } from "./types.js" */

/**
 * @typedef {""|"overdue"|"today"|"week"|"none"|"done"} DueFilter
 * @typedef {{text: string, labels: string[], members: string[], due: DueFilter}} Filter   ids of labels and of people
 */

/** @type {Filter} */
export const NO_FILTER = Object.freeze({ text: "", labels: [], members: [], due: "" });
export const NOBODY = "nobody";

/** @param {Filter} filter */
export function isActive({ text, labels, members, due }) {
  return text.trim() !== "" || labels.length > 0 || members.length > 0 || due !== "";
}

/** Words must all occur in the title (or one is the number); any of the labels; any of the members. @param {Task} task @param {Filter} filter @param {number} now */
export function matches(task, filter, now) {
  return (
    hasWords(task, filter.text) &&
    hasAny(task.label_ids, filter.labels) &&
    hasMember(task.assignee_ids, filter.members) &&
    hasDue(task, filter.due, now)
  );
}

/** Adds the value to the list, or takes it out. @template T @param {T[]} list @param {T} value */
export function toggled(list, value) {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/** @param {Task} task @param {string} text */
function hasWords(task, text) {
  const title = fold(task.title);
  const words = fold(text).split(/\s+/).filter(Boolean);
  return words.every((word) => title.includes(word) || word === `#${task.number}`);
}

/** @param {string[]} ids @param {string[]} wanted */
function hasAny(ids, wanted) {
  return wanted.length === 0 || wanted.some((id) => ids.includes(id));
}

/** @param {string[]} ids @param {string[]} wanted */
function hasMember(ids, wanted) {
  return hasAny(ids, wanted) || (wanted.includes(NOBODY) && ids.length === 0);
}

/** @param {Task} task @param {DueFilter} due @param {number} now */
function hasDue(task, due, now) {
  if (!due) return true;
  const state = dueState(task, now);
  if (due === "week") return ["overdue", "today", "soon"].includes(state);
  return state === due;
}
