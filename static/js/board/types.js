/**
 * The words of the browser part: what the server sends and what a session offers. Types only, no code.
 *
 * @typedef {{id: string, title: string, description: string, seq: number, role: Role, version: number,
 *   archived_at: string|null, created_at: string, updated_at: string}} Board
 * @typedef {{id: string, board_id: string, title: string, position: string, wip_limit: number|null,
 *   version: number, archived_at: string|null}} Column
 * @typedef {{id: string, board_id: string, column_id: string, number: number|null, title: string,
 *   has_description: boolean, position: string, start_at: string|null, due_at: string|null,
 *   completed_at: string|null, archived_at: string|null, label_ids: string[], assignee_ids: string[],
 *   comment_count: number, checklist_done: number, checklist_total: number, attachment_count: number,
 *   version: number, created_by: string|null, created_at: string, updated_at: string}} Task
 *   `number` is null until the server has given one.
 * @typedef {{id: string, board_id: string, name: string, color: string, version: number, created_at: string}} Label
 * @typedef {{id: string, user_id: string, board_id: string, name: string, email: string, role: Role, color: string,
 *   avatar_url: string|null, created_at: string, direct_role: Role|null, team_ids: string[]}} Member
 *   `role` is the greatest they have; `direct_role` their own, null for who only comes by a team.
 * @typedef {{id: string, board_id: string, name: string, role: Role, member_count: number, created_at: string}} Team
 * @typedef {{id: string, board_id: string, task_id: string, title: string, position: string, version: number}} Checklist
 * @typedef {{id: string, board_id: string, task_id: string, checklist_id: string, title: string, position: string,
 *   done: boolean, version: number}} Item
 * @typedef {{id: string, board_id: string, task_id: string, author_id: string, author_name: string, body: string,
 *   version: number, created_at: string, updated_at: string}} Comment
 * @typedef {{id: string, board_id: string, task_id: string, name: string, url: string, kind: "link"|"file",
 *   media_type: string|null, size: number|null, created_by: string, created_at: string}} Attachment
 * @typedef {"owner"|"editor"|"commenter"|"viewer"} Role
 * @typedef {"board"|"column"|"task"|"label"|"member"|"team"|"checklist"|"item"|"comment"|"attachment"} Kind
 *
 * @typedef {{kind: Kind, id: string, set?: Object, del?: true}} Change
 * @typedef {{seq: number, type: string, at: string, actor: {id: string, name: string}|null, mutation: string|null,
 *   changes: Change[]}} BoardEvent
 * @typedef {{board: Board, seq: number, epoch: string, mutation?: string, columns: Column[], tasks: Task[],
 *   labels: Label[], members: Member[], teams: Team[]}} Snapshot
 * @typedef {{kind: Kind, id: string}} Ref
 *
 * @typedef {{id: string, board: string, name: string, args: Object, at: string, about?: string,
 *   user?: string, userName?: string, order?: number, refused?: Problem}} Command
 *   What a person asked for: `id` is the mutation id, `name` and `args` say what, `about` is the title of what it is
 *   about; `order` is its place in the outbox.
 * @typedef {{status: number, title: string, detail: string, type?: string, request_id?: string,
 *   errors?: {field: string, message: string}[]}} Problem   RFC 9457.
 *
 */

/**
 * What a component may read of a signal.
 *
 * @template T
 * @typedef {{readonly value: T, peek(): T, subscribe(listener: (value: T) => void): () => void}} Signal
 */

/**
 * @typedef {{state: "connecting"|"live"|"reconnecting"|"offline"|"signed-out", unsent: number, since: number}} Connection
 *   `unsent`: changes of this person (all tabs) on any board the server has not answered yet; `since`: epoch
 *   milliseconds at which `state` began.
 * @typedef {{id: string, kind: "refused"|"collision"|"overwritten"|"storage"|"blocked", text: string, detail?: string, ref?: Ref,
 *   field?: string, mine?: unknown, theirs?: unknown, base?: string, at: number}} Notice
 *   `refused`: a change was rolled back, `detail` says why, `mine` holds the person's words, if it had any;
 *   `theirs` what it would have replaced; `collision`: somebody else changed the same field, and this person's change
 *   comes later; `overwritten`: somebody's later change replaced this person's; `storage`: unsent changes would not outlive the page;
 *   `blocked`: the server takes nothing from this page, `detail` says why.
 * @typedef {{seq: number, at: string, type: string, actor_id: string|null, actor_name: string, text: string,
 *   task: {id: string, number: number, title: string}|null}} Activity   reads `{actor_name} {text}`
 * @typedef {{user: string, name: string, color: string, task: string|null, mode: "view"|"edit"|"drag"|null}} Person
 *
 * @typedef {Object} Details  What a task's dialog shows; live from `load()` until `close()`.
 * @property {Signal<Comment[]>} comments       oldest first
 * @property {Signal<Checklist[]>} checklists   in order
 * @property {Signal<Item[]>} items             of all checklists, in order; filter by `checklist_id`
 * @property {Signal<Attachment[]>} attachments oldest first
 * @property {Signal<string|undefined>} description  undefined until loaded
 * @property {Signal<"loading"|"ready"|"failed">} state
 * @property {() => Promise<void>} load         starts at once by itself; call again after "failed"
 * @property {() => void} close
 *
 * @typedef {Object} Commands  Every action shows at once, is kept in the outbox, and is rolled back with a notice if
 *   refused. The ones that create answer the new id, the others the mutation id. `after` and `before` are the ids of
 *   the unfiltered neighbours (null or absent: none).
 * @property {(fields: {title: string, after?: string|null, wip_limit?: number|null, id?: string}) => string} createColumn
 * @property {(id: string, title: string) => string} renameColumn
 * @property {(id: string, limit: number|null) => string} setWipLimit
 * @property {(place: {id: string, after: string|null, before: string|null}) => string} moveColumn
 * @property {(id: string) => string} archiveColumn
 * @property {(id: string) => string} restoreColumn
 * @property {(id: string) => string} deleteColumn
 * @property {(fields: {columnId: string, title: string, after?: string|null, before?: string|null, id?: string,
 *   description?: string, start_at?: string|null, due_at?: string|null, label_ids?: string[],
 *   assignee_ids?: string[]}) => string} createTask
 * @property {(id: string, fields: {title?: string, description?: string, start_at?: string|null,
 *   due_at?: string|null}, base?: string) => string} editTask   `base`: the description that the new one was written on,
 *   so that somebody else's is merged with it and never replaced unseen
 * @property {(id: string, place: {columnId: string, after: string|null, before: string|null}) => string} moveTask
 * @property {(id: string) => string} archiveTask
 * @property {(id: string) => string} restoreTask
 * @property {(id: string) => string} deleteTask
 * @property {(id: string, completed?: boolean) => string} completeTask   completed is true unless told
 * @property {(id: string, labelId: string) => string} labelTask
 * @property {(id: string, labelId: string) => string} unlabelTask
 * @property {(id: string, userId: string) => string} assign
 * @property {(id: string, userId: string) => string} unassign
 * @property {(fields: {name: string, color: string, id?: string}) => string} createLabel
 * @property {(id: string, fields: {name?: string, color?: string}) => string} updateLabel
 * @property {(id: string) => string} deleteLabel
 * @property {(taskId: string, body: string) => string} addComment
 * @property {(id: string, body: string) => string} editComment
 * @property {(id: string) => string} deleteComment
 * @property {(taskId: string, title: string) => string} addChecklist
 * @property {(id: string, title: string) => string} renameChecklist
 * @property {(id: string, place: {after: string|null, before: string|null}) => string} moveChecklist
 * @property {(id: string) => string} deleteChecklist
 * @property {(checklistId: string, fields: {title: string, after?: string|null, before?: string|null}) => string} addItem
 * @property {(id: string, title: string) => string} renameItem
 * @property {(id: string, done: boolean) => string} checkItem
 * @property {(id: string, place: {checklistId?: string, after: string|null, before: string|null}) => string} moveItem
 * @property {(id: string) => string} deleteItem
 * @property {(taskId: string, link: {name: string, url: string}) => string} addLink
 * @property {(id: string) => string} removeAttachment
 * @property {(fields: {title?: string, description?: string}) => string} updateBoard
 * @property {() => string} archiveBoard
 * @property {() => string} restoreBoard
 * @property {(userId: string, role: Role) => string} setMemberRole
 * @property {(userId: string) => string} removeMember
 * @property {(invitation: {email: string, role: Role}) => Promise<Member>} addMember   needs the network; rejects with
 *   a RequestError whose `problem` says why
 * @property {(taskId: string, file: File) => Promise<Attachment>} uploadFile           needs the network, as above
 *
 * @typedef {Object} Session
 * @property {Signal<Board|undefined>} board    undefined until the first snapshot is there
 * @property {Promise<void>} ready              resolves when the first snapshot is there
 * @property {Signal<string[]>} columnIds       unarchived columns in order
 * @property {(id: string) => Signal<Column|undefined>} column
 * @property {(columnId: string) => Signal<string[]>} taskIds   unarchived tasks of a column in order
 * @property {(id: string) => Signal<Task|undefined>} task      the optimistic view; undefined when gone
 * @property {() => number} taskCount          archived ones included
 * @property {(number: number) => string|undefined} taskNumbered  the id of task #number, for deep links
 * @property {Signal<Label[]>} labels           by name
 * @property {Signal<Member[]>} members         by name, those who come by a team too
 * @property {Signal<Team[]>} teams             by name
 * @property {Signal<{columns: Column[], tasks: Task[]}>} archived   latest first
 * @property {(taskId: string) => Details} details
 * @property {Signal<Connection>} connection
 * @property {Signal<{text: string}|null>} trouble   why the last snapshot could not be taken; another one each time
 * @property {Signal<(BoardEvent & {isOwn: boolean, isStep: boolean})|{actor: null, changes: []}|null>} cause   what changed
 *   the board last: an event or a snapshot; `isOwn`: this page had it before, `isStep`: undo or redo on this page asked for it
 * @property {Signal<string|null>} signedOut    why the session ended under this page
 * @property {(why: string, text: string) => void} tellLost   says that words have lost their place
 * @property {(text: string) => void} forgetLost   they are in a box again
 * @property {(taskId: string) => {id: string, name: string}|null} removerOf   who deleted a card while it was open here
 * @property {() => Promise<void>} tryAgain     takes it at once instead of in a while
 * @property {(taskId: string) => Promise<string|null>} whereIs   the board of a card that isn't on this one
 * @property {{value: Notice[], dismiss(id: string): void} & Signal<Notice[]>} notices
 * @property {Signal<Role|undefined>} role
 * @property {Signal<Person[]>} presence
 * @property {(task: string|null, mode: "view"|"edit"|"drag"|null) => void} setPresence
 * @property {Commands} commands
 * @property {() => Promise<Object|null>} undo   takes back one's newest change: `{withdrawn}` while it was unsent, else the
 *   server's `{origin, type, undoable, redoable}`; rejects with a RequestError that says why not
 * @property {() => Promise<Object>} redo
 * @property {(commandId: string) => Promise<Object|null>} takeBack   undoes one command by what a command answered
 * @property {import("./history.js").History} history
 * @property {boolean} isGuest              reads by the public link: no history, no presence, no files
 * @property {import("./sharing.js").Sharing} sharing   invitations, the public link, teams; for owners, needs the network
 * @property {{read(): Promise<Object>, change(fields: Object): Promise<Object>}} account   of this person
 * @property {(taskId: string) => boolean} isPending   whether a change to this task is still on its way
 * @property {() => boolean} hasUnsent
 * @property {() => void} close
 */
export {};
