/**
 * Every user action, optimistic: made whole here (ids, neighbours, the task a detail belongs to), then given to the
 * outbox.
 */
import { newId } from "./identity.js";
import { compare } from "./ordering.js";

/** @import { Args, Checklist, Column, Commands, Item, Place, Task, Things, View } from "./types.js" */

/** @typedef {"column"|"task"|"checklist"|"item"} OrderedKind */
/** @typedef {Column|Task|Checklist|Item} Ordered */

/**
 * @typedef {Object} Ports
 * @property {string} boardId
 * @property {() => View} view   what the screen shows
 * @property {(name: string, args: Args) => string} give   puts a command in the outbox and returns its id
 */

/** @param {Ports} ports @returns {Omit<Commands, "addMember"|"uploadFile">} */
export function createCommands(ports) {
  return {
    ...columnCommands(ports),
    ...taskCommands(ports),
    ...boardCommands(ports),
    ...commentCommands(ports),
    ...checklistCommands(ports),
  };
}

/** @param {Ports} ports */
function columnCommands({ boardId, view, give }) {
  /** @param {Place} place @param {string} [moving] */
  const among = (place, moving) => neighbours(view(), { kind: "column", within: () => true, moving }, place);
  return /** @satisfies {Partial<Commands>} */ ({
    createColumn({ title, after, before, wip_limit = null, id = newId() }) {
      give("createColumn", { boardId, id, title, wip_limit, ...among({ after, before }) });
      return id;
    },
    renameColumn: (id, title) => give("renameColumn", { id, title }),
    setWipLimit: (id, limit) => give("setWipLimit", { id, wip_limit: limit }),
    moveColumn: ({ id, after, before }) => give("moveColumn", { id, ...among({ after, before }, id) }),
    archiveColumn: (id) => give("archiveColumn", { id }),
    restoreColumn: (id) => give("restoreColumn", { id }),
    deleteColumn: (id) => give("deleteColumn", { id }),
  });
}

/** @param {Ports} ports */
function taskCommands({ boardId, view, give }) {
  /** @param {string} columnId @param {Place} place @param {string} [moving] */
  const among = (columnId, place, moving) => {
    /** @param {Task} task */
    const within = (task) => task.column_id === columnId;
    return neighbours(view(), { kind: "task", within, moving }, place);
  };
  return /** @satisfies {Partial<Commands>} */ ({
    createTask({ columnId, title, after, before, id = newId(), ...fields }) {
      give("createTask", {
        boardId,
        id,
        column_id: columnId,
        title,
        ...fields,
        ...among(columnId, { after, before }),
      });
      return id;
    },
    editTask: (id, fields, base) => give("editTask", { id, fields, ...(base === undefined ? {} : { base }) }),
    moveTask: (id, { columnId, after, before }) =>
      give("moveTask", { id, column_id: columnId, ...among(columnId, { after, before }, id) }),
    archiveTask: (id) => give("archiveTask", { id }),
    restoreTask: (id) => give("restoreTask", { id }),
    deleteTask: (id) => give("deleteTask", { id }),
    completeTask: (id, completed = true) => give("completeTask", { id, completed }),
    labelTask: (id, labelId) => give("labelTask", { id, labelId }),
    unlabelTask: (id, labelId) => give("unlabelTask", { id, labelId }),
    assign: (id, userId) => give("assign", { id, userId }),
    unassign: (id, userId) => give("unassign", { id, userId }),
  });
}

/** @param {Ports} ports */
function boardCommands({ boardId, give }) {
  return /** @satisfies {Partial<Commands>} */ ({
    updateBoard: (fields) => give("updateBoard", { id: boardId, fields }),
    archiveBoard: () => give("archiveBoard", { id: boardId }),
    restoreBoard: () => give("restoreBoard", { id: boardId }),
    createLabel({ name, color, id = newId() }) {
      give("createLabel", { boardId, id, name, color });
      return id;
    },
    updateLabel: (id, fields) => give("updateLabel", { id, fields }),
    deleteLabel: (id) => give("deleteLabel", { id }),
    setMemberRole: (userId, role) => give("setMemberRole", { boardId, id: userId, role }),
    removeMember: (userId) => give("removeMember", { boardId, id: userId }),
  });
}

/** @param {Ports} ports */
function commentCommands({ boardId, view, give }) {
  /** @param {"comment"|"attachment"} kind @param {string} id */
  const taskOf = (kind, id) => view().get(kind, id)?.task_id;
  return /** @satisfies {Partial<Commands>} */ ({
    addComment(taskId, body, id = newId()) {
      give("addComment", { boardId, taskId, id, body });
      return id;
    },
    editComment: (id, body) => give("editComment", { id, taskId: taskOf("comment", id), body }),
    deleteComment: (id) => give("deleteComment", { id, taskId: taskOf("comment", id) }),
    addLink(taskId, { name, url, id = newId() }) {
      give("addLink", { boardId, taskId, id, name, url });
      return id;
    },
    removeAttachment: (id) => give("removeAttachment", { id, taskId: taskOf("attachment", id) }),
  });
}

/** @param {Ports} ports */
function checklistCommands({ boardId, view, give }) {
  /** @param {"checklist"|"item"} kind @param {string} id */
  const taskOf = (kind, id) => view().get(kind, id)?.task_id;
  /** @param {string|undefined} checklistId @param {Place} place @param {string} [moving] */
  const amongItems = (checklistId, place, moving) => {
    /** @param {Item} item */
    const within = (item) => item.checklist_id === checklistId;
    return neighbours(view(), { kind: "item", within, moving }, place);
  };
  /** @param {string|undefined} taskId @param {Place} place @param {string} moving */
  const amongLists = (taskId, place, moving) => {
    /** @param {Checklist} list */
    const within = (list) => list.task_id === taskId;
    return neighbours(view(), { kind: "checklist", within, moving }, place);
  };
  return /** @satisfies {Partial<Commands>} */ ({
    addChecklist(taskId, title, id = newId()) {
      give("addChecklist", { boardId, taskId, id, title });
      return id;
    },
    renameChecklist: (id, title) => give("renameChecklist", { id, taskId: taskOf("checklist", id), title }),
    moveChecklist(id, place) {
      const taskId = taskOf("checklist", id);
      return give("moveChecklist", { id, taskId, ...amongLists(taskId, place, id) });
    },
    deleteChecklist: (id) => give("deleteChecklist", { id, taskId: taskOf("checklist", id) }),
    addItem(checklistId, { title, after, before, id = newId() }) {
      const taskId = taskOf("checklist", checklistId);
      give("addItem", {
        boardId,
        taskId,
        checklistId,
        id,
        title,
        ...amongItems(checklistId, { after, before }),
      });
      return id;
    },
    renameItem: (id, title) => give("renameItem", { id, taskId: taskOf("item", id), title }),
    checkItem: (id, done) => give("checkItem", { id, taskId: taskOf("item", id), done }),
    moveItem(id, { checklistId = view().get("item", id)?.checklist_id, after, before }) {
      const place = amongItems(checklistId, { after, before }, id);
      return give("moveItem", { id, taskId: taskOf("item", id), checklistId, ...place });
    },
    deleteItem: (id) => give("deleteItem", { id, taskId: taskOf("item", id) }),
  });
}

/**
 * Both neighbours, when one or none is given: the other is the next one over, and none means the end.
 *
 * Everything counts, archived and filtered away too, so that a thing lands where it was put when they come back.
 *
 * @template {OrderedKind} K
 * @param {View} view
 * @param {{kind: K, within: (thing: Things[K]) => boolean, moving?: string}} among `moving`: what is put there, if it has
 *   a place already
 * @param {Place} place
 * @returns {Place}
 */
function neighbours(view, { kind, within, moving }, { after = null, before = null }) {
  if (after && before) return { after, before };
  const neighbour = after ?? before;
  const known = neighbour ? view.get(kind, neighbour) : undefined;
  let found = null;
  for (const other of view.all(kind)) {
    if (other.id === moving || other === known || !within(other)) continue;
    const isBeyond = !known || compareThings(other, known) > 0 === Boolean(after);
    if (isBeyond && (!found || compareThings(other, found) < 0 === Boolean(after))) found = other;
  }
  return after ? { after, before: found?.id ?? null } : { after: found?.id ?? null, before };
}

/** @param {Ordered} a @param {Ordered} b */
function compareThings(a, b) {
  return compare(a.position, a.id, b.position, b.id);
}
