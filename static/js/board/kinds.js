/** The kinds of things on a board, and where a replica keeps them. */
import { FIELDS } from "./fields.js";

export const MAPS = {
  column: "columns",
  task: "tasks",
  label: "labels",
  member: "members",
  team: "teams",
  checklist: "checklists",
  item: "items",
  comment: "comments",
  attachment: "attachments",
  description: "descriptions",
};

/** What hangs on a task and is not in a snapshot. */
export const DETAILS = new Set(["checklist", "item", "comment", "attachment"]);

/** What a replica knows of one thing, or undefined. @param {import("./types.js").Kind|"description"} kind */
export function find(replica, kind, id) {
  if (kind === "board") return id === replica.board.id ? replica.board : undefined;
  return replica[MAPS[kind]]?.get(id);
}

/** What people call a field; kinds that have fields of one name call them the same. */
export function wordsOf(field) {
  const named = Object.values(FIELDS).find((fields) => fields[field]?.words);
  return named?.[field].words ?? field.replaceAll("_", " ");
}

/**
 * What a new thing has where its record says nothing: the record may be older than the field. A task in a replica has
 * no description; see "description".
 *
 * @returns {Record<string, unknown>}
 */
export function fallbacks(kind) {
  return FALLBACKS[kind] ?? {};
}

const FALLBACKS = Object.fromEntries(Object.entries(FIELDS).map(([kind, fields]) => [kind, fallbacksOf(fields)]));

function fallbacksOf(fields) {
  const known = Object.entries(fields).filter(([, field]) => "fallback" in field && !field.merges);
  return Object.fromEntries(known.map(([name, field]) => [name, field.fallback]));
}
