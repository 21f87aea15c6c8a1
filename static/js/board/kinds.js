/** The kinds of things on a board, and where a replica keeps them. */

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
