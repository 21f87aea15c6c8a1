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
 * @typedef {{id: string, board_id: string, task_id: string, author_id: string|null, author_name: string, body: string,
 *   version: number, created_at: string, updated_at: string}} Comment
 * @typedef {{id: string, board_id: string, task_id: string, name: string, url: string, kind: "link"|"file",
 *   media_type: string|null, size: number|null, created_by: string|null, created_at: string}} Attachment
 * @typedef {{id: string, task_id: string, text: string}} Description   kept apart by the browser: part of its task
 * @typedef {"owner"|"editor"|"commenter"|"viewer"} Role
 */

/**
 * Things by their kinds, and what says that they change.
 *
 * @typedef {{board: Board, column: Column, task: Task, label: Label, member: Member, team: Team, checklist: Checklist,
 *   item: Item, comment: Comment, attachment: Attachment, description: Description}} Things
 * @typedef {keyof Things} Kind
 * @typedef {Exclude<Kind, "board">} ListedKind   what a replica has many of
 * @typedef {{kind: Kind, id: string}} Ref
 * @typedef {Partial<Board & Column & Task & Label & Member & Team & Checklist & Item & Comment & Attachment & Description>
 *   } Fields   of any thing; `id` only when they make it
 * @typedef {Ref & {set?: Fields, del?: true}} Change
 * @typedef {{[K in Kind]: Map<string, Things[K]>}} ThingsById   a replica's things, by kind and id
 * @typedef {{id: string, name: string}} Actor
 * @typedef {{seq: number, type: string, at: string, actor: Actor|null, mutation: string|null, changes: Change[]}} BoardEvent
 * @typedef {Pick<BoardEvent, "actor"|"mutation"|"changes">} NewState   an event, or what a snapshot changed all at once
 * @typedef {Partial<BoardEvent> & {actor: Actor|null, changes: Change[], isOwn?: boolean, isStep?: boolean}} Cause
 *   `isOwn`: this page had it before; `isStep`: undo or redo on this page asked for it
 * @typedef {{board: Board, seq: number, epoch: string, mutation?: string|null, columns: Column[], tasks: Task[],
 *   labels: Label[], members: Member[], teams: Team[]}} Snapshot   `mutation`: id of the change at `seq`
 * @typedef {{description: string, comments: Comment[], checklists: Checklist[], items: Item[],
 *   attachments: Attachment[]}} TaskDetails   as the detail routes return them
 * @typedef {{ref: Ref, field: string, mine: unknown, theirs: unknown}} Conflict   two people set a field differently
 * @typedef {import("./store.js").Replica} Replica
 * @typedef {import("./view.js").View} View
 */

/**
 * What a person asked for, on its way to the server.
 *
 * @typedef {{after?: string|null, before?: string|null}} Place   ids of the neighbours; null or absent: none
 * @typedef {Place & Fields & {id: string, boardId?: string, taskId?: string, checklistId?: string, labelId?: string,
 *   userId?: string, completed?: boolean, fields?: Fields, base?: string}} Args   of any action; each says which it has
 * @typedef {{id: string, board: string, name: string, args: Args, at: string, about?: string,
 *   user?: string, userName?: string, order?: number, refused?: Problem}} Command
 *   `id` is the mutation id, `name` and `args` say what, `about` is the title of what it is about; `order` is its place
 *   in the outbox
 * @typedef {{method: string, path: string, body?: unknown, headers?: Record<string, string>}} Request   `path` below the
 *   root of the API
 * @typedef {{status: number, title: string, detail: string, type?: string, request_id?: string, theirs?: string,
 *   retry_after?: number, errors?: {field: string, message: string}[]}} Problem   RFC 9457; `theirs`: the text that a
 *   refused one would have replaced; `retry_after` in seconds, over the socket only
 * @typedef {import("./actions/action.js").Action} Action
 * @typedef {ReturnType<typeof import("./api.js").createApi>} Api
 * @typedef {import("../lib/clock.js").Clock} Clock
 */

/**
 * What goes over the socket (docs/sync-protocol.md).
 *
 * @typedef {import("socket.io-client").Socket} Socket
 * @typedef {{board: string, after: number|null, epoch?: string, mutation?: string}} KnownLog   what a client has of a log
 * @typedef {{ok: false, error: Problem}} SocketRefusal
 * @typedef {{ok: true, seq: number, epoch?: string, reset?: boolean, events?: BoardEvent[], more?: boolean, role?: Role,
 *   presence?: Person[]}} LogAnswer   to `board:join` and `board:sync`
 * @typedef {{board: string, epoch?: string, events: BoardEvent[]}} EventsMessage
 * @typedef {{board: string, epoch?: string, seq: number}} HeadMessage
 * @typedef {{board: string, people: Person[]}} PresenceMessage
 * @typedef {{board: string, reason?: string}} RevokedMessage
 * @typedef {{reason?: string}} SessionEndedMessage
 * @typedef {{after_ms?: number}} RestartingMessage
 */

/**
 * How a board is shared, and who looks.
 *
 * @typedef {{id: string, board_id: string, email: string|null, role: Role, created_by: string|null, created_at: string,
 *   expires_at: string, max_uses: number|null, uses: number}} Invitation
 * @typedef {Invitation & {url: string|null, secret: string|null, mailed: boolean}} IssuedInvitation   `url` and `secret`
 *   are null when the request was repeated
 * @typedef {{role: Role, email?: string, expires_in_days?: number, max_uses?: number|null}} InvitationDraft
 * @typedef {{url: string|null, created_at: string}} PublicLink
 * @typedef {{invitations: Invitation[], public_link: PublicLink|null, public_links: boolean}} SharingState
 *   `public_links`: whether this server has such links at all
 * @typedef {{id: string, name: string}} TeamChoice   a team that a board can be given to
 * @typedef {{id: string, name: string, email: string, color: string}} Me
 * @typedef {{show_presence: boolean}} Account
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
 * @typedef {{id: string, kind: "refused"|"collision"|"overwritten"|"lost"|"storage"|"blocked", text: string,
 *   detail?: string, ref?: Ref, field?: string, mine?: unknown, theirs?: unknown, base?: string, at: number}} Notice
 *   `refused`: a change was rolled back, `detail` says why, `mine` holds the person's words, if it had any;
 *   `theirs` what it would have replaced; `collision`: somebody else changed the same field, and this person's change
 *   comes later; `overwritten`: somebody's later change replaced this person's; `lost`: the box that `mine` was written
 *   in is gone; `storage`: unsent changes would not outlive the page; `blocked`: the server takes nothing from this
 *   page, `detail` says why.
 * @typedef {Partial<Notice> & Pick<Notice, "kind"|"text">} NoticeDraft   `id` and `at` are given when there is none
 * @typedef {{withdrawn?: Command, again?: Command, origin?: number, type?: string, undoable?: number,
 *   redoable?: number}} Step   of undo or redo: what left the queue, what was put into it again, or the server's answer
 * @typedef {{seq: number, at: string, type: string, actor_id: string|null, actor_name: string, text: string,
 *   task: {id: string, number: number, title: string}|null}} Activity   reads `{actor_name} {text}`
 * @typedef {{items: Activity[], next_before: number|null}} ActivityPage   newest first; `next_before`: the next older page
 * @typedef {{seq: number}|{at: string}} Moment   of a board's past
 * @typedef {"view"|"edit"|"drag"|null} Mode   what a person does with a card
 * @typedef {{user: string, name: string, color: string, task: string|null, mode: Mode}} Person
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
 *   refused. The ones that create return the new id, the others the mutation id. `after` and `before` are the ids of
 *   the unfiltered neighbours (null or absent: none).
 * @property {(fields: {title: string, wip_limit?: number|null, id?: string} & Place) => string} createColumn
 * @property {(id: string, title: string) => string} renameColumn
 * @property {(id: string, limit: number|null) => string} setWipLimit
 * @property {(place: {id: string} & Place) => string} moveColumn
 * @property {(id: string) => string} archiveColumn
 * @property {(id: string) => string} restoreColumn
 * @property {(id: string) => string} deleteColumn
 * @property {(fields: {columnId: string, title: string, id?: string, description?: string, start_at?: string|null,
 *   due_at?: string|null, label_ids?: string[], assignee_ids?: string[]} & Place) => string} createTask
 * @property {(id: string, fields: {title?: string, description?: string, start_at?: string|null,
 *   due_at?: string|null}, base?: string) => string} editTask   `base`: the description that the new one was written on,
 *   so that somebody else's is merged with it and never replaced unseen
 * @property {(id: string, place: {columnId: string} & Place) => string} moveTask
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
 * @property {(taskId: string, body: string, id?: string) => string} addComment
 * @property {(id: string, body: string) => string} editComment
 * @property {(id: string) => string} deleteComment
 * @property {(taskId: string, title: string, id?: string) => string} addChecklist
 * @property {(id: string, title: string) => string} renameChecklist
 * @property {(id: string, place: Place) => string} moveChecklist
 * @property {(id: string) => string} deleteChecklist
 * @property {(checklistId: string, fields: {title: string, id?: string} & Place) => string} addItem
 * @property {(id: string, title: string) => string} renameItem
 * @property {(id: string, done: boolean) => string} checkItem
 * @property {(id: string, place: {checklistId?: string} & Place) => string} moveItem
 * @property {(id: string) => string} deleteItem
 * @property {(taskId: string, link: {name: string, url: string, id?: string}) => string} addLink
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
 * @property {Signal<Cause|null>} cause         what changed the board last
 * @property {Signal<string|null>} signedOut    why the session ended under this page
 * @property {(why: string, text: string) => void} tellLost   says that words have lost their place
 * @property {(text: string) => void} forgetLost   they are in a box again
 * @property {(taskId: string) => Actor|null} removerOf   who deleted a card while it was open here
 * @property {() => Promise<void>} tryAgain     takes it at once instead of in a while
 * @property {(taskId: string) => Promise<string|null>} whereIs   the board of a card that isn't on this one
 * @property {{value: Notice[], dismiss(id: string): void} & Signal<Notice[]>} notices
 * @property {Signal<Role|undefined>} role
 * @property {Signal<Person[]>} presence
 * @property {(task: string|null, mode: Mode) => void} setPresence
 * @property {Commands} commands
 * @property {() => Promise<Step|null>} undo   takes back one's newest change, null when it was refused anyway; rejects with
 *   a RequestError that says why not
 * @property {() => Promise<Step>} redo
 * @property {(commandId: string) => Promise<Step|null>} takeBack   undoes one command by what a command returned
 * @property {import("./history.js").History} history
 * @property {boolean} isGuest              reads by the public link: no history, no presence, no files
 * @property {import("./sharing.js").Sharing} sharing   invitations, the public link, teams; for owners, needs the network
 * @property {{read(): Promise<Account>, change(fields: Partial<Account>): Promise<Account>}} account   of this person
 * @property {(taskId: string) => boolean} isPending   whether a change to this task is still on its way
 * @property {() => boolean} hasUnsent
 * @property {() => boolean} hasUnkept          whether something unsent would not outlive this page
 * @property {() => void} checkClock            asks the server for the time when the browser's clock has jumped
 * @property {() => void} close
 */
/** @typedef {"loading"|"joining"|"live"|"catching-up"|"away"|"ended"} SyncState */

/**
 * @typedef {Object} SyncedReplica
 * @property {() => number|null} seq   null before the first snapshot
 * @property {(snapshot: Snapshot) => void} reset
 * @property {(events: BoardEvent[]) => void} apply   takes consecutive events; throws on what it can't apply
 *
 * @typedef {Object} SyncListener
 * @property {(state: SyncState) => void} state
 * @property {(role: Role) => void} role
 * @property {(people: Person[]) => void} presence
 * @property {(kind: "revoked"|"signed-out", reason: string) => void} ended
 * @property {() => void} [unanswered]   the socket looked connected and was not
 * @property {(error: Error|null) => void} [snapshot]   hears of each snapshot whether it could be taken
 */

/**
 * @typedef {Object} OutboxListener
 * @property {(command: Command) => void} [added]   it is in the queue, from this tab or another
 * @property {(command: Command, seq: number) => void} [answered]   the board has it at that seq
 * @property {(command: Command, problem: Problem, dependents: Command[]) => void} [refused]   it was rolled back, and
 *   `dependents` with it
 * @property {(command: Command) => void} [withdrawn]   it was taken out of the queue before the board had it
 * @property {(id: string) => void} [dismissed]   another tab has forgotten a refusal
 * @property {(unsent: number) => void} [counted]
 * @property {(failing: boolean) => void} [failing]   whether there is no answer at all
 * @property {(problem: Problem) => void} [halted]
 * @property {() => void} [resumed]
 * @property {(error: unknown) => void} [unstored]   a command would not survive this page
 */
export {};
