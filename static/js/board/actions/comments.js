import { changeCounts, creation, patch, path, post, ref, removeDetail, remove, setFields } from "./action.js";

/**
 * @import { Fields } from "../types.js"
 * @import { Action } from "./action.js"
 */

/** @type {Action<{id: string, boardId: string, taskId: string, body: string}>} */
export const addComment = {
  request: ({ taskId, id, body }) => post(path`/tasks/${taskId}/comments`, { id, body }),
  uses: ({ taskId }) => [ref("task", taskId)],
  creates: ({ id }) => ref("comment", id),
  effect: (view, { boardId, taskId, id, body }, { at, user, userName }) => {
    if (view.get("comment", id)) return [];
    const author = { author_id: user, author_name: userName };
    const comment = { id, board_id: boardId, task_id: taskId, ...author, body };
    const made = { version: 0, created_at: at, updated_at: at };
    return [
      creation("comment", id, { ...comment, ...made }),
      changeCounts(view, taskId, { comment_count: 1 }),
    ];
  },
};

/** @type {Action<{id: string, taskId: string, body: string}>} */
export const editComment = setFields(
  "comment",
  ({ id, body }) => patch(path`/comments/${id}`, { body }),
  ({ body }, { at }) => ({ body, updated_at: at }),
);

export const deleteComment = removeDetail(
  "comment",
  ({ id }) => remove(path`/comments/${id}`),
  () => ({ comment_count: -1 }),
);

/** @type {Action<{id: string, boardId: string, taskId: string, name: string, url: string}>} */
export const addLink = {
  request: ({ taskId, id, name, url }) => post(path`/tasks/${taskId}/attachments`, { id, name, url }),
  uses: ({ taskId }) => [ref("task", taskId)],
  creates: ({ id }) => ref("attachment", id),
  effect: (view, { boardId, taskId, id, name, url }, { at, user }) => {
    if (view.get("attachment", id)) return [];
    /** @type {Fields} */
    const link = {
      id,
      board_id: boardId,
      task_id: taskId,
      name,
      url,
      kind: "link",
      media_type: null,
      size: null,
    };
    const made = { created_by: user, created_at: at };
    return [
      creation("attachment", id, { ...link, ...made }),
      changeCounts(view, taskId, { attachment_count: 1 }),
    ];
  },
};

export const removeAttachment = removeDetail(
  "attachment",
  ({ id }) => remove(path`/attachments/${id}`),
  () => ({ attachment_count: -1 }),
);
