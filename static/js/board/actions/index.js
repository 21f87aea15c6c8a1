/** Every action by the name it has in the outbox. */
import * as board from "./board.js";
import * as checklists from "./checklists.js";
import * as columns from "./columns.js";
import * as comments from "./comments.js";
import * as tasks from "./tasks.js";

/** @type {Record<string, import("../types.js").Action|undefined>} */
export const actions = { ...board, ...checklists, ...columns, ...comments, ...tasks };
