"""What the use cases need of the outside, as Protocols."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from board.domain.account import Actor, Grant, Session, Token, User
from board.domain.activity import Subject
from board.domain.audit import AuditType
from board.domain.board import Board, Column, Label, Member, Role
from board.domain.events import Change, EventType
from board.domain.history import UndoEntry
from board.domain.ids import new_id
from board.domain.imports import Import
from board.domain.notices import Notice
from board.domain.task import Attachment, Checklist, Comment, Item, Task
from board.domain.team import BoardTeam
from board.service.account_rows import Accounts, PersonalRows, UsedOnceRows
from board.service.file_store import FileStore
from board.service.rows import BoardTeamRows, ContentRows, ImportRows, MemberRows, Rows, TaskRows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Command:
    """How a mutation was asked for.

    `mutation` is the id the client made; `key` makes a retry harmless (it is the Idempotency-Key or
    the mutation id, None when the client gave neither); `fingerprint` tells a retry from another
    request under the same key; `status` is what success answers; `if_version` is If-Match.
    """

    mutation: str = field(default_factory=new_id)
    key: str | None = None
    fingerprint: str = ""
    status: int = 200
    if_version: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a mutation came to: the thing, and the board's seq after it."""

    value: T
    seq: int


@dataclass(frozen=True, slots=True)
class LastUse:
    """A `session`, `token` or `grant` was used at a moment; a session lasts until `expires_at` then."""

    kind: str
    id: str
    at: datetime
    expires_at: datetime | None = None


class Work(Accounts, Protocol):
    """One transaction that is not bound to a board. Commits when its block ends, rolls back when it raises."""

    @property
    def imports(self) -> ImportRows: ...
    @property
    def used(self) -> UsedOnceRows: ...

    async def log_audit(
        self,
        type: AuditType,
        actor: Actor | None,
        *,
        user_id: str | None = None,
        board_id: str | None = None,
        address: str = "",
        **detail: Any,
    ) -> None:
        """Write a security event to the audit log, with the address of the actor, or `address` where there is none."""

    async def boards_of(self, actor: Actor) -> "Sequence[BoardUnit]":
        """Return a unit on each board that the actor is on, directly or by team, all locked."""

    async def boards_with(self, team_ids: Iterable[str], actor: Actor) -> "Sequence[BoardUnit]":
        """Return a unit on each board that has one of the teams, all locked."""

    async def lock_board(self, board_id: str, actor: Actor) -> "BoardUnit":
        """Return a unit on a board, locked, whatever the actor's role there is; or NotFound."""

    def check_version(self, thing: Any) -> None:
        """Raise Stale when the command's If-Match names another version than the thing's."""

    def announce(self, notice: Notice) -> None:
        """Tell this after the commit; nothing is told of a transaction that fails."""

    async def save_receipt(self, value: object, seq: int | None = None) -> None:
        """Keep the answer, so that a retry of the command gets the same one."""


class Log(Protocol):
    """The event log of one board, read backwards. Events are rows: as published, with `before`, the old values."""

    async def own(self, actor_id: str) -> list[UndoEntry]: ...
    async def get(self, seq: int) -> dict[str, Any] | None: ...
    async def page(
        self, before: int | None, limit: int, task_id: str | None = None, since: int | None = None
    ) -> "Page[dict[str, Any]]": ...
    async def seq_at(self, moment: datetime) -> int: ...
    async def visited(self, user_id: str) -> int | None: ...
    async def visit(self, user_id: str, seq: int, at: datetime) -> None: ...


class BoardUnit(Work, Protocol):
    """One transaction on one board, whose row is locked until the block ends."""

    @property
    def board(self) -> Board: ...
    @property
    def role(self) -> Role | None: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def columns(self) -> Rows[Column]: ...
    @property
    def tasks(self) -> TaskRows: ...
    @property
    def labels(self) -> Rows[Label]: ...
    @property
    def members(self) -> MemberRows: ...
    @property
    def board_teams(self) -> BoardTeamRows: ...
    @property
    def checklists(self) -> Rows[Checklist]: ...
    @property
    def items(self) -> Rows[Item]: ...
    @property
    def comments(self) -> Rows[Comment]: ...
    @property
    def attachments(self) -> Rows[Attachment]: ...

    @property
    def history(self) -> Log: ...

    def save_board(self, after: Board) -> None:
        """`unit.board` is this from here on; `record` stores what differs together with the seq."""

    async def delete_board(self) -> None:
        """Delete the board and everything on it."""

    async def record(self, type: EventType, changes: Iterable[Change | None], value: T) -> Outcome[T]:
        """`log` and `finish` in one: what most use cases end with."""

    async def log(self, type: EventType, changes: Iterable[Change | None], origin: int | None = None) -> None:
        """Advance seq and write the event; with no change at all, nothing."""

    async def finish(self, value: T) -> Outcome[T]:
        """Keep the receipt; the outcome carries the board's seq."""


class Reader(Accounts, Protocol):
    """One read transaction: everything it returns is of the same moment."""

    @property
    def personal(self) -> PersonalRows: ...

    async def access(self, board_id: str, actor: Actor) -> tuple[Board, Role | None]: ...
    async def locate(self, kind: str, id: str) -> str: ...
    async def boards_of(self, user_id: str) -> list[tuple[Board, Role]]: ...
    async def page_boards(
        self, user_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> "Page[tuple[Board, Role]]": ...
    async def columns(self, board_id: str) -> Sequence[Mapping[str, Any]]: ...
    async def tasks(self, board_id: str) -> Sequence[Mapping[str, Any]]: ...
    async def labels(self, board_id: str) -> Sequence[Mapping[str, Any]]: ...
    async def members(self, board_id: str) -> list[Member]: ...
    async def board_teams(self, board_id: str) -> list[BoardTeam]: ...
    async def task(self, board_id: str, task_id: str) -> Task: ...
    async def find_tasks(self, board_id: str, query: "TaskQuery") -> "Page[Task]": ...
    async def events(self, board_id: str, after: int, limit: int) -> Sequence[dict[str, Any]]: ...
    def contents(self, board_id: str) -> ContentRows: ...
    def log(self, board_id: str) -> Log: ...
    async def names(self, board_id: str, ids: Iterable[str]) -> tuple[dict[str, str], dict[str, Subject]]: ...
    async def has_task(self, board_id: str, task_id: str) -> bool: ...
    async def first_seq(self, board_id: str) -> int | None: ...
    async def find_log_start(self, board_id: str, seq: int) -> tuple[int | None, str | None]: ...
    async def child(self, kind: str, board_id: str, id: str) -> Any: ...
    async def children(
        self, kind: str, board_id: str, task_id: str, after: tuple[Any, str] | None, limit: int
    ) -> "Page[Any]": ...
    async def items(self, board_id: str, checklist_ids: Iterable[str]) -> list[Item]: ...
    async def session(self, session_id: str) -> tuple[User, Session] | None: ...
    async def token(self, secret_hash: str) -> tuple[User, Token] | None: ...
    async def grant(self, grant_id: str) -> tuple[User, Grant] | None: ...
    async def import_run(self, import_id: str) -> Import: ...
    async def unfinished_imports(self) -> list[Import]: ...
    async def live_sessions(self, session_ids: Iterable[str]) -> set[str]: ...
    async def heads(self, board_ids: Iterable[str]) -> dict[str, tuple[int, str]]: ...
    async def readers(self, board_ids: Iterable[str]) -> set[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, bounded in number and in bytes, and whether there is more after it."""

    items: list[T]
    more: bool


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Which tasks of a board, in which order, from where on."""

    text: str | None = None
    column_id: str | None = None
    label_id: str | None = None
    assignee_id: str | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    completed: bool | None = None
    archived: bool | None = False
    sort: str = "position"
    descending: bool = False
    limit: int = 100
    cursor: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept. Events: None for ever, and never fewer than the newest `events_kept` of a board.

    `invitations` counts from their end, `imports` from when they were last heard of.
    """

    events: timedelta | None
    events_kept: int
    receipts: timedelta
    files: timedelta
    audit: timedelta = timedelta(days=365)
    invitations: timedelta = timedelta(days=30)
    imports: timedelta = timedelta(days=90)


class Store(Protocol):
    """Where everything is kept."""

    @property
    def files(self) -> FileStore: ...
    def reading(self, *, long: bool = False) -> AbstractAsyncContextManager[Reader]:
        """Open a read transaction; a `long` one takes what time it needs, another is ended by Unavailable."""

    def reading_outside_transaction(self) -> AbstractAsyncContextManager[Reader]: ...
    def work(self, actor: Actor | None, command: Command) -> AbstractAsyncContextManager[Work]: ...
    def board(
        self, board_id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[BoardUnit]: ...
    def board_of(
        self, kind: str, id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[BoardUnit]: ...
    def any_board(
        self, board_id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[BoardUnit]:
        """Open a transaction on one board, whatever the actor's role there is."""

    def record_use(self, use: LastUse) -> None:
        """Write down soon, together with what else is used, that something was: nobody waits for it."""

    async def prune(self, retention: Retention) -> dict[str, int]:
        """Delete what has been kept long enough; return how many of each went."""

    def new_board(
        self, board: Board, member: Member, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[BoardUnit]: ...


class Passwords(Protocol):
    """Makes and checks password hashes, off the loop."""

    async def hash(self, password: str) -> str:
        """Return the hash to keep."""

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Return whether it is the password. Takes as long without a hash, so that nobody learns there is none."""

    def outdated(self, hashed: str) -> bool:
        """Return whether the hash was made with less work than is asked today."""


class Announcer(Protocol):
    """Tells connected browsers, after the commit. A hint: the log is the truth."""

    def announce(self, notice: Notice) -> None:
        """Tell it, without waiting for anybody; what concerns no browser is ignored."""
