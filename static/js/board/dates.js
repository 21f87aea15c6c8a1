/** Dates as people read them, in their own zone and language. */
import { formatDate, formatRelativeTime, t } from "../lib/i18n.js";

const DAY = 24 * 60 * 60 * 1000;
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const STEPS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", DAY / 24],
  ["minute", DAY / 24 / 60],
];

/**
 * When a task is due, "soon" being within a week.
 *
 * @param {{due_at: string|null, completed_at: string|null}} task
 * @param {number} now epoch milliseconds
 * @returns {"none"|"done"|"overdue"|"today"|"soon"|"later"}
 */
export function dueState(task, now) {
  if (!task.due_at) return "none";
  if (task.completed_at) return "done";
  const due = new Date(task.due_at);
  if (due.getTime() < now) return "overdue";
  if (due.toDateString() === new Date(now).toDateString()) return "today";
  return due.getTime() - now < 7 * DAY ? "soon" : "later";
}

/** "24 Nov", with the year when it is not this one. @param {string} value RFC 3339 @param {number} now epoch milliseconds */
export function shortDate(value, now) {
  const date = new Date(value);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return formatDate(date, { day: "numeric", month: "short", year });
}

/** @param {string} value RFC 3339 */
export function fullDate(value) {
  return formatDate(value, { dateStyle: "full", timeStyle: "short" });
}

/** "3 minutes ago". What has happened is never ahead, though an answer may be a second older than what it tells of. @param {string} value RFC 3339 @param {number} now epoch milliseconds */
export function ago(value, now) {
  const distance = Math.min(0, new Date(value).getTime() - now);
  const step = STEPS.find(([, size]) => Math.abs(distance) >= size);
  return step ? formatRelativeTime(Math.round(distance / step[1]), step[0]) : t("just now");
}

/** The parts of two form controls, in local time: `{date: "2026-11-24", time: "17:00"}`. @param {string|null} value RFC 3339 */
export function toInputs(value) {
  if (!value) return { date: "", time: "" };
  const moment = new Date(value);
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

/** RFC 3339 UTC of what two form controls say, or null when there is no date. @param {string} date @param {string} time */
export function fromInputs(date, time) {
  const moment = new Date(`${date}T${time || "00:00"}`);
  return date && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null;
}
