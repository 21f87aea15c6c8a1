/** What the screen may do with an open board. */

/** @import { OpenBoard } from "./session.js" */
/** @import { Session } from "./types.js" */

/** @param {OpenBoard} open @returns {Session} */
export function sessionOf(open) {
  const { model, connection, outbox, presence, detailCache, undo, history, api } = open;
  const { board, columnIds, labels, members, teams, archived, numbers } = model.projection;
  return {
    ...{ board, columnIds, labels, members, teams, archived, role: open.role, ready: open.whenReady.promise },
    column: (id) => model.projection.of("column", id),
    task: (id) => model.projection.of("task", id),
    taskIds: (columnId) => model.projection.tasksOf(columnId),
    taskCount: () => [...model.opened().view.all("task")].length,
    taskNumbered: (number) => numbers.get(Number(number)),
    details: (taskId) => detailCache.open(taskId),
    connection: connection.signal,
    trouble: open.trouble,
    cause: open.cause,
    signedOut: open.signedOut,
    tellLost: (why, text) => open.tellLost(why, text),
    forgetLost: (text) => open.forgetLost(text),
    removerOf: (taskId) => open.removers.get(taskId) ?? null,
    tryAgain: () => open.wake(),
    whereIs: (taskId) => open.whereIs(taskId),
    notices: open.notices.shown,
    presence: presence.people,
    isGuest: Boolean(open.token),
    sharing: open.sharing,
    setPresence: (task, mode) => open.token || presence.set(task, mode),
    commands: open.commands(),
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    takeBack: (commandId) => undo.takeBack(commandId),
    history,
    account: { read: () => api.get("/me"), change: (fields) => api.change("PATCH", "/me", fields) },
    isPending: (id) => model.isPending(id),
    hasUnsent: () => outbox.unsent().length > 0,
    hasUnkept: () => outbox.hasUnkept(),
    checkClock: () => open.checkClock(),
    close: () => open.close(),
  };
}
