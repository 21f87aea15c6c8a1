import {
  change,
  changeCounts,
  creation,
  deletion,
  patch,
  path,
  placeBetween,
  post,
  ref,
  removeDetail,
  remove,
  setFields,
} from "./action.js";

/**
 * @import { Checklist, Item, Place } from "../types.js"
 * @import { Action } from "./action.js"
 */

/** @param {string} taskId */
const ofTask = (taskId) => (/** @type {Checklist} */ list) => list.task_id === taskId;
/** @param {string} checklistId */
const inChecklist = (checklistId) => (/** @type {Item} */ item) => item.checklist_id === checklistId;

/** @type {Action<{id: string, boardId: string, taskId: string, title: string}>} */
export const addChecklist = {
  request: ({ taskId, id, title }) => post(path`/tasks/${taskId}/checklists`, { id, title }),
  uses: ({ taskId }) => [ref("task", taskId)],
  creates: ({ id }) => ref("checklist", id),
  effect: (view, { boardId, taskId, id, title }) => {
    if (view.get("checklist", id)) return [];
    const position = placeBetween(view, "checklist", ofTask(taskId), {});
    return [
      creation("checklist", id, { id, board_id: boardId, task_id: taskId, title, position, version: 0 }),
    ];
  },
};

/** @type {Action<{id: string, taskId: string, title: string}>} */
export const renameChecklist = setFields(
  "checklist",
  ({ id, title }) => patch(path`/checklists/${id}`, { title }),
  ({ title }) => ({ title }),
);

/** @type {Action<{id: string, taskId: string} & Place>} */
export const moveChecklist = {
  request: ({ id, after, before }) => post(path`/checklists/${id}/move`, { after, before }),
  uses: ({ id, taskId }) => [ref("checklist", id), ref("task", taskId)],
  effect: (view, { id, taskId, after, before }) => {
    if (!view.get("checklist", id)) return [];
    return [
      change("checklist", id, {
        position: placeBetween(view, "checklist", ofTask(taskId), { after, before }, id),
      }),
    ];
  },
};

/** @type {Action<{id: string, taskId: string}>} */
export const deleteChecklist = {
  request: ({ id }) => remove(path`/checklists/${id}`),
  uses: ({ id, taskId }) => [ref("checklist", id), ref("task", taskId)],
  effect: (view, { id, taskId }) => {
    if (!view.get("checklist", id)) return [];
    const items = [...view.all("item")].filter(inChecklist(id));
    const counts = {
      checklist_total: -items.length,
      checklist_done: -items.filter((item) => item.done).length,
    };
    return [
      ...items.map((item) => deletion("item", item.id)),
      deletion("checklist", id),
      changeCounts(view, taskId, counts),
    ];
  },
};

/** @type {Action<{id: string, boardId: string, taskId: string, checklistId: string, title: string} & Place>} */
export const addItem = {
  request: ({ checklistId, id, title, after, before }) =>
    post(path`/checklists/${checklistId}/items`, { id, title, after, before }),
  uses: ({ checklistId, taskId }) => [ref("checklist", checklistId), ref("task", taskId)],
  creates: ({ id }) => ref("item", id),
  effect: (view, { boardId, taskId, checklistId, id, title, after, before }) => {
    if (view.get("item", id)) return [];
    const position = placeBetween(view, "item", inChecklist(checklistId), { after, before });
    const home = { board_id: boardId, task_id: taskId, checklist_id: checklistId };
    const item = { id, ...home, title, position, done: false, version: 0 };
    return [creation("item", id, item), changeCounts(view, taskId, { checklist_total: 1 })];
  },
};

/** @type {Action<{id: string, taskId: string, title: string}>} */
export const renameItem = setFields(
  "item",
  ({ id, title }) => patch(path`/items/${id}`, { title }),
  ({ title }) => ({ title }),
);

/** @type {Action<{id: string, taskId: string, done: boolean}>} */
export const checkItem = {
  request: ({ id, done }) => patch(path`/items/${id}`, { done }),
  uses: ({ id, taskId }) => [ref("item", id), ref("task", taskId)],
  effect: (view, { id, taskId, done }) => {
    const item = view.get("item", id);
    if (!item || item.done === done) return [];
    return [change("item", id, { done }), changeCounts(view, taskId, { checklist_done: done ? 1 : -1 })];
  },
};

/** @type {Action<{id: string, taskId: string, checklistId: string} & Place>} */
export const moveItem = {
  request: ({ id, checklistId, after, before }) =>
    post(path`/items/${id}/move`, { checklist_id: checklistId, after, before }),
  uses: ({ id, checklistId, taskId }) => [
    ref("item", id),
    ref("checklist", checklistId),
    ref("task", taskId),
  ],
  effect: (view, { id, checklistId, after, before }) => {
    if (!view.get("item", id)) return [];
    const position = placeBetween(view, "item", inChecklist(checklistId), { after, before }, id);
    return [change("item", id, { checklist_id: checklistId, position })];
  },
};

export const deleteItem = removeDetail(
  "item",
  ({ id }) => remove(path`/items/${id}`),
  (item) => ({ checklist_total: -1, checklist_done: item.done ? -1 : 0 }),
);
