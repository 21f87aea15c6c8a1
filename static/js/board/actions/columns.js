import { change, creation, deletion, patch, path, place, post, ref, remove, setting } from "./shape.js";

const ofBoard = () => true;

export const createColumn = {
  request: ({ boardId, id, title, after, before, wip_limit }) =>
    post(path`/boards/${boardId}/columns`, { id, title, after, before, wip_limit }),
  uses: () => [],
  creates: ({ id }) => ref("column", id),
  effect: (view, { boardId, id, title, after, before, wip_limit = null }) => {
    if (view.get("column", id)) return [];
    const position = place(view, "column", ofBoard, { after, before });
    return [
      creation("column", id, { id, board_id: boardId, title, position, wip_limit, version: 0, archived_at: null }),
    ];
  },
};

export const renameColumn = setting(
  "column",
  ({ id, title }) => patch(path`/columns/${id}`, { title }),
  ({ title }) => ({ title }),
);

export const setWipLimit = setting(
  "column",
  ({ id, wip_limit }) => patch(path`/columns/${id}`, { wip_limit }),
  ({ wip_limit }) => ({ wip_limit }),
);

export const archiveColumn = setting(
  "column",
  ({ id }) => patch(path`/columns/${id}`, { archived: true }),
  (args, { at }) => ({ archived_at: at }),
);

export const restoreColumn = setting(
  "column",
  ({ id }) => patch(path`/columns/${id}`, { archived: false }),
  () => ({ archived_at: null }),
);

export const moveColumn = {
  request: ({ id, after, before }) => post(path`/columns/${id}/move`, { after, before }),
  uses: ({ id }) => [ref("column", id)],
  effect: (view, { id, after, before }) => [
    change("column", id, { position: place(view, "column", ofBoard, { after, before }, id) }),
  ],
};

export const deleteColumn = {
  request: ({ id }) => remove(path`/columns/${id}`),
  uses: ({ id }) => [ref("column", id)],
  effect: (view, { id }) => {
    const tasks = [...view.all("task")].filter((task) => task.column_id === id);
    return [...tasks.map((task) => deletion("task", task.id)), deletion("column", id)];
  },
};
