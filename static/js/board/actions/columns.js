import {
  change,
  creation,
  deletion,
  patch,
  path,
  placeBetween,
  post,
  ref,
  remove,
  setFields,
} from "./action.js";

/**
 * @import { Place } from "../types.js"
 * @import { Action } from "./action.js"
 */

const ofBoard = () => true;

/** @type {Action<{id: string, boardId: string, title: string, wip_limit?: number|null} & Place>} */
export const createColumn = {
  request: ({ boardId, id, title, after, before, wip_limit }) =>
    post(path`/boards/${boardId}/columns`, { id, title, after, before, wip_limit }),
  uses: () => [],
  creates: ({ id }) => ref("column", id),
  effect: (view, { boardId, id, title, after, before, wip_limit = null }) => {
    if (view.get("column", id)) return [];
    const position = placeBetween(view, "column", ofBoard, { after, before });
    return [
      creation("column", id, {
        id,
        board_id: boardId,
        title,
        position,
        wip_limit,
        version: 0,
        archived_at: null,
      }),
    ];
  },
};

/** @type {Action<{id: string, title: string}>} */
export const renameColumn = setFields(
  "column",
  ({ id, title }) => patch(path`/columns/${id}`, { title }),
  ({ title }) => ({ title }),
);

/** @type {Action<{id: string, wip_limit: number|null}>} */
export const setWipLimit = setFields(
  "column",
  ({ id, wip_limit }) => patch(path`/columns/${id}`, { wip_limit }),
  ({ wip_limit }) => ({ wip_limit }),
);

/** @type {Action<{id: string}>} */
export const archiveColumn = setFields(
  "column",
  ({ id }) => patch(path`/columns/${id}`, { archived: true }),
  (_, { at }) => ({ archived_at: at }),
);

/** @type {Action<{id: string}>} */
export const restoreColumn = setFields(
  "column",
  ({ id }) => patch(path`/columns/${id}`, { archived: false }),
  () => ({ archived_at: null }),
);

/** @type {Action<{id: string} & Place>} */
export const moveColumn = {
  request: ({ id, after, before }) => post(path`/columns/${id}/move`, { after, before }),
  uses: ({ id }) => [ref("column", id)],
  effect: (view, { id, after, before }) => [
    change("column", id, { position: placeBetween(view, "column", ofBoard, { after, before }, id) }),
  ],
};

/** @type {Action<{id: string}>} */
export const deleteColumn = {
  request: ({ id }) => remove(path`/columns/${id}`),
  uses: ({ id }) => [ref("column", id)],
  effect: (view, { id }) => {
    const tasks = [...view.all("task")].filter((task) => task.column_id === id);
    return [...tasks.map((task) => deletion("task", task.id)), deletion("column", id)];
  },
};
