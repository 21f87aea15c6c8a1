import {
  change,
  creation,
  deletion,
  patch,
  path,
  placeBetween,
  post,
  put,
  ref,
  remove,
  setFields,
  getUsed,
} from "./action.js";

/**
 * @import { Change, Command, Place, Task, View } from "../types.js"
 * @import { Action } from "./action.js"
 */

/**
 * @typedef {Place & {id: string, boardId: string, column_id: string, title: string, description?: string,
 *   start_at?: string|null, due_at?: string|null, label_ids?: string[], assignee_ids?: string[]}} NewTask
 * @typedef {{title?: string, description?: string, start_at?: string|null, due_at?: string|null}} Edited
 */

/** @param {string} columnId */
const inColumn = (columnId) => (/** @type {Task} */ task) => task.column_id === columnId;

/** @type {Action<NewTask>} */
export const createTask = {
  request: ({ boardId, ...fields }) => post(path`/boards/${boardId}/tasks`, fields),
  uses: ({ column_id }) => [ref("column", column_id)],
  creates: ({ id }) => ref("task", id),
  effect: (view, args, command) => {
    if (view.get("task", args.id)) return [];
    const position = placeBetween(view, "task", inColumn(args.column_id), args);
    return [
      creation("task", args.id, newTask(args, position, command)),
      ...described(args.id, args.description),
    ];
  },
};

/** @type {Action<{id: string, fields: Edited, base?: string}>} */
export const editTask = {
  request: ({ id, fields }) => patch(path`/tasks/${id}`, fields),
  uses: ({ id }) => [ref("task", id)],
  effect: (_, { id, fields: { description, ...fields } }) => {
    const has = description === undefined ? {} : { has_description: description !== "" };
    return [change("task", id, { ...fields, ...has }), ...described(id, description)];
  },
};

/** @type {Action<{id: string, column_id: string} & Place>} */
export const moveTask = {
  request: ({ id, column_id, after, before }) => post(path`/tasks/${id}/move`, { column_id, after, before }),
  uses: ({ id, column_id }) => [ref("task", id), ref("column", column_id)],
  effect: (view, { id, column_id, after, before }) => [
    change("task", id, {
      column_id,
      position: placeBetween(view, "task", inColumn(column_id), { after, before }, id),
    }),
  ],
};

/** @type {Action<{id: string}>} */
export const archiveTask = setFields(
  "task",
  ({ id }) => patch(path`/tasks/${id}`, { archived: true }),
  (_, { at }) => ({ archived_at: at }),
);

/** @type {Action<{id: string}>} */
export const restoreTask = setFields(
  "task",
  ({ id }) => patch(path`/tasks/${id}`, { archived: false }),
  () => ({ archived_at: null }),
);

/** @type {Action<{id: string, completed: boolean}>} */
export const completeTask = setFields(
  "task",
  ({ id, completed }) => patch(path`/tasks/${id}`, { completed }),
  ({ completed }, { at }) => ({ completed_at: completed ? at : null }),
);

/** @type {Action<{id: string}>} */
export const deleteTask = {
  request: ({ id }) => remove(path`/tasks/${id}`),
  uses: ({ id }) => [ref("task", id)],
  effect: (_, { id }) => [deletion("task", id)],
};

/** @type {Action<{id: string, labelId: string}>} */
export const labelTask = {
  request: ({ id, labelId }) => put(path`/tasks/${id}/labels/${labelId}`),
  uses: ({ id, labelId }) => [ref("task", id), ref("label", labelId)],
  effect: (view, { id, labelId }) => [withId(view, id, "label_ids", labelId)],
};

/** @type {Action<{id: string, labelId: string}>} */
export const unlabelTask = {
  request: ({ id, labelId }) => remove(path`/tasks/${id}/labels/${labelId}`),
  uses: ({ id, labelId }) => [ref("task", id), ref("label", labelId)],
  effect: (view, { id, labelId }) => [withoutId(view, id, "label_ids", labelId)],
};

/** @type {Action<{id: string, userId: string}>} */
export const assign = {
  request: ({ id, userId }) => put(path`/tasks/${id}/assignees/${userId}`),
  uses: ({ id, userId }) => [ref("task", id), ref("member", userId)],
  effect: (view, { id, userId }) => [withId(view, id, "assignee_ids", userId)],
};

/** @type {Action<{id: string, userId: string}>} */
export const unassign = {
  request: ({ id, userId }) => remove(path`/tasks/${id}/assignees/${userId}`),
  uses: ({ id }) => [ref("task", id)],
  effect: (view, { id, userId }) => [withoutId(view, id, "assignee_ids", userId)],
};

/** @param {NewTask} args @param {string} position @param {Command} command */
function newTask(args, position, { at, user }) {
  const { id, boardId, column_id, title, description = "" } = args;
  const dates = {
    start_at: args.start_at ?? null,
    due_at: args.due_at ?? null,
    completed_at: null,
    archived_at: null,
  };
  const counts = { comment_count: 0, checklist_done: 0, checklist_total: 0, attachment_count: 0 };
  const ids = { label_ids: args.label_ids ?? [], assignee_ids: args.assignee_ids ?? [] };
  const made = { version: 0, created_by: user ?? null, created_at: at, updated_at: at };
  const what = {
    id,
    board_id: boardId,
    column_id,
    number: null,
    title,
    has_description: description !== "",
    position,
  };
  return { ...what, ...dates, ...ids, ...counts, ...made };
}

/** @param {string} taskId @param {string|undefined} text @returns {Change[]} */
function described(taskId, text) {
  return text === undefined ? [] : [change("description", taskId, { id: taskId, task_id: taskId, text })];
}

/** @param {View} view @param {string} taskId @param {"label_ids"|"assignee_ids"} field @param {string} id */
function withId(view, taskId, field, id) {
  const ids = getUsed(view, "task", taskId)[field];
  return change("task", taskId, { [field]: ids.includes(id) ? ids : [...ids, id].sort() });
}

/** @param {View} view @param {string} taskId @param {"label_ids"|"assignee_ids"} field @param {string} id */
function withoutId(view, taskId, field, id) {
  return change("task", taskId, {
    [field]: getUsed(view, "task", taskId)[field].filter((other) => other !== id),
  });
}
