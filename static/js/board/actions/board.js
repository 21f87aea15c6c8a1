import { change, creation, deletion, patch, path, post, ref, remove, setFields } from "./action.js";

/**
 * @import { Role, Task } from "../types.js"
 * @import { Action } from "./action.js"
 */

/** @type {Action<{id: string, fields: {title?: string, description?: string}}>} */
export const updateBoard = setFields(
  "board",
  ({ id, fields }) => patch(path`/boards/${id}`, fields),
  ({ fields }) => fields,
);

/** @type {Action<{id: string}>} */
export const archiveBoard = setFields(
  "board",
  ({ id }) => patch(path`/boards/${id}`, { archived: true }),
  (_, { at }) => ({ archived_at: at }),
);

/** @type {Action<{id: string}>} */
export const restoreBoard = setFields(
  "board",
  ({ id }) => patch(path`/boards/${id}`, { archived: false }),
  () => ({ archived_at: null }),
);

/** @type {Action<{id: string, boardId: string, name: string, color: string}>} */
export const createLabel = {
  request: ({ boardId, id, name, color }) => post(path`/boards/${boardId}/labels`, { id, name, color }),
  uses: () => [],
  creates: ({ id }) => ref("label", id),
  effect: (view, { boardId, id, name, color }, { at }) =>
    view.get("label", id)
      ? []
      : [creation("label", id, { id, board_id: boardId, name, color, version: 0, created_at: at })],
};

/** @type {Action<{id: string, fields: {name?: string, color?: string}}>} */
export const updateLabel = setFields(
  "label",
  ({ id, fields }) => patch(path`/labels/${id}`, fields),
  ({ fields }) => fields,
);

/** @type {Action<{id: string}>} */
export const deleteLabel = {
  request: ({ id }) => remove(path`/labels/${id}`),
  uses: ({ id }) => [ref("label", id)],
  effect: (view, { id }) => {
    const labelled = [...view.all("task")].filter((task) => task.label_ids.includes(id));
    const without = (/** @type {Task} */ task) => ({
      label_ids: task.label_ids.filter((other) => other !== id),
    });
    return [...labelled.map((task) => change("task", task.id, without(task))), deletion("label", id)];
  },
};

/** @type {Action<{id: string, boardId: string, role: Role}>} */
export const setMemberRole = setFields(
  "member",
  ({ boardId, id, role }) => patch(path`/boards/${boardId}/members/${id}`, { role }),
  ({ role }) => ({ role }),
);

/** @type {Action<{id: string, boardId: string}>} */
export const removeMember = {
  request: ({ boardId, id }) => remove(path`/boards/${boardId}/members/${id}`),
  uses: ({ id }) => [ref("member", id)],
  effect: (view, { id }) => {
    const assigned = [...view.all("task")].filter((task) => task.assignee_ids.includes(id));
    const without = (/** @type {Task} */ task) => ({
      assignee_ids: task.assignee_ids.filter((other) => other !== id),
    });
    return [...assigned.map((task) => change("task", task.id, without(task))), deletion("member", id)];
  },
};
