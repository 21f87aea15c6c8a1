import { change, creation, deletion, patch, path, place, post, put, ref, remove, setting } from "./shape.js";

const inColumn = (columnId) => (task) => task.column_id === columnId;

export const createTask = {
  request: ({ boardId, ...fields }) => post(path`/boards/${boardId}/tasks`, fields),
  uses: ({ column_id }) => [ref("column", column_id)],
  creates: ({ id }) => ref("task", id),
  effect: (view, args, command) => {
    if (view.get("task", args.id)) return [];
    const position = place(view, "task", inColumn(args.column_id), args);
    return [creation("task", args.id, newTask(args, position, command)), ...described(args.id, args.description)];
  },
};

export const editTask = {
  request: ({ id, fields }) => patch(path`/tasks/${id}`, fields),
  uses: ({ id }) => [ref("task", id)],
  effect: (view, { id, fields: { description, ...fields } }) => {
    const has = description === undefined ? {} : { has_description: description !== "" };
    return [change("task", id, { ...fields, ...has }), ...described(id, description)];
  },
};

export const moveTask = {
  request: ({ id, column_id, after, before }) => post(path`/tasks/${id}/move`, { column_id, after, before }),
  uses: ({ id, column_id }) => [ref("task", id), ref("column", column_id)],
  effect: (view, { id, column_id, after, before }) => [
    change("task", id, { column_id, position: place(view, "task", inColumn(column_id), { after, before }, id) }),
  ],
};

export const archiveTask = setting(
  "task",
  ({ id }) => patch(path`/tasks/${id}`, { archived: true }),
  (args, { at }) => ({ archived_at: at }),
);

export const restoreTask = setting(
  "task",
  ({ id }) => patch(path`/tasks/${id}`, { archived: false }),
  () => ({ archived_at: null }),
);

export const completeTask = setting(
  "task",
  ({ id, completed }) => patch(path`/tasks/${id}`, { completed }),
  ({ completed }, { at }) => ({ completed_at: completed ? at : null }),
);

export const deleteTask = {
  request: ({ id }) => remove(path`/tasks/${id}`),
  uses: ({ id }) => [ref("task", id)],
  effect: (view, { id }) => [deletion("task", id)],
};

export const labelTask = {
  request: ({ id, labelId }) => put(path`/tasks/${id}/labels/${labelId}`),
  uses: ({ id, labelId }) => [ref("task", id), ref("label", labelId)],
  effect: (view, { id, labelId }) => [withId(view, id, "label_ids", labelId)],
};

export const unlabelTask = {
  request: ({ id, labelId }) => remove(path`/tasks/${id}/labels/${labelId}`),
  uses: ({ id, labelId }) => [ref("task", id), ref("label", labelId)],
  effect: (view, { id, labelId }) => [withoutId(view, id, "label_ids", labelId)],
};

export const assign = {
  request: ({ id, userId }) => put(path`/tasks/${id}/assignees/${userId}`),
  uses: ({ id, userId }) => [ref("task", id), ref("member", userId)],
  effect: (view, { id, userId }) => [withId(view, id, "assignee_ids", userId)],
};

export const unassign = {
  request: ({ id, userId }) => remove(path`/tasks/${id}/assignees/${userId}`),
  uses: ({ id }) => [ref("task", id)],
  effect: (view, { id, userId }) => [withoutId(view, id, "assignee_ids", userId)],
};

function newTask(args, position, { at, user }) {
  const { id, boardId, column_id, title, description = "" } = args;
  const dates = { start_at: args.start_at ?? null, due_at: args.due_at ?? null, completed_at: null, archived_at: null };
  const counts = { comment_count: 0, checklist_done: 0, checklist_total: 0, attachment_count: 0 };
  const ids = { label_ids: args.label_ids ?? [], assignee_ids: args.assignee_ids ?? [] };
  const made = { version: 0, created_by: user ?? null, created_at: at, updated_at: at };
  const what = { id, board_id: boardId, column_id, number: null, title, has_description: description !== "", position };
  return { ...what, ...dates, ...ids, ...counts, ...made };
}

function described(taskId, text) {
  return text === undefined ? [] : [change("description", taskId, { id: taskId, task_id: taskId, text })];
}

function withId(view, taskId, field, id) {
  const ids = view.get("task", taskId)[field];
  return change("task", taskId, { [field]: ids.includes(id) ? ids : [...ids, id].sort() });
}

function withoutId(view, taskId, field, id) {
  return change("task", taskId, { [field]: view.get("task", taskId)[field].filter((other) => other !== id) });
}
