"""The unit of work: one use case, one transaction. Nobody commits inside it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Row, SelectBase, delete, insert, select, union
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import get_contextvars

from board.domain.account import Actor
from board.domain.audit import AuditEntry, AuditType
from board.domain.board import Board, Column, Label, Role
from board.domain.errors import Conflict, NotFound, Stale
from board.domain.events import Change, Event, EventType, collect
from board.domain.ids import new_id, now
from board.domain.messages import msg
from board.domain.notices import BoardDeleted, Changed, Notice
from board.domain.task import Attachment, Checklist, Comment, Item
from board.repository.access import locking, select_access, select_board, to_access
from board.repository.accounts import SqlAccounts
from board.repository.import_rows import SqlImportRows
from board.repository.kinds import rows_of
from board.repository.log import SqlLog
from board.repository.member_rows import SqlMemberRows
from board.repository.queues import BoardQueues
from board.repository.record import store_event
from board.repository.rows import SqlRows
from board.repository.tables import board_teams, boards, members, receipts, team_members
from board.repository.task_rows import SqlTaskRows
from board.repository.team_rows import SqlBoardTeamRows
from board.service.ports import Command, Outcome

T = TypeVar("T")

SEVERAL_BOARDS = "several"
"""The queue of transactions that wait for several boards: each holds a connection meanwhile, so it is short."""


class SqlWork(SqlAccounts):
    """One transaction that is not bound to a board.

    `encode` writes a value as the API answers it; `scope` is whose receipts are meant.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        scope: str,
        command: Command,
        encode: Any,
        queues: BoardQueues | None = None,
    ) -> None:
        super().__init__(connection)
        self.scope, self.command, self.encode, self._queues = scope, command, encode, queues or BoardQueues(1)
        self.notices: list[Notice] = []

    async def boards_of(self, actor: Actor) -> "list[SqlBoardUnit]":
        """Return a unit on each board of the actor, directly or by team, locked in an order without deadlocks."""
        direct = select(members.c.board_id).where(members.c.user_id == actor.id)
        by_team = select(board_teams.c.board_id).join(
            team_members, team_members.c.team_id == board_teams.c.team_id
        )
        theirs = union(direct, by_team.where(team_members.c.user_id == actor.id))
        return await self._lock(theirs, actor, Command(self.command.mutation))

    async def boards_with(self, team_ids: Iterable[str], actor: Actor) -> "list[SqlBoardUnit]":
        """Return a unit on each board that has one of the teams, locked in the same order.

        Each with a new mutation id, for a transaction may come by a board more than once.
        """
        theirs = select(board_teams.c.board_id).where(board_teams.c.team_id.in_(list(team_ids)))
        return await self._lock(theirs, actor)

    async def _lock(
        self, board_ids: SelectBase, actor: Actor, command: Command | None = None
    ) -> "list[SqlBoardUnit]":
        query = select_access(actor.id).where(boards.c.id.in_(board_ids)).order_by(boards.c.id)
        async with self._queues.slot(SEVERAL_BOARDS, wait=False):
            rows = await self.connection.execute(query.with_for_update(of=boards))
        return [self._begin(row, actor, command or Command()) for row in rows]

    def _begin(self, row: Row[Any], actor: Actor, command: Command) -> "SqlBoardUnit":
        """Return a unit on the board of a row of `select_access`, with the same queue of notices."""
        board, role = to_access(row)
        unit = SqlBoardUnit(self.connection, board, role, actor=actor, command=command, encode=self.encode)
        unit.notices = self.notices
        return unit

    async def lock_board(self, board_id: str, actor: Actor) -> "SqlBoardUnit":
        """Return a unit on a board, locked, whatever the actor's role there is; or NotFound."""
        asked = {"actor_id": actor.id, "asked_id": board_id}
        async with self._queues.slot(SEVERAL_BOARDS, wait=False):
            row = (await self.connection.execute(locking(select_board()), asked)).first()
        if row is not None and row.seq != row.seen_seq:
            row = (await self.connection.execute(select_board(), asked)).first()
        if row is None:
            raise NotFound("board", board_id)
        return self._begin(row, actor, Command(self.command.mutation))

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
        """Write a security event to the audit log, under the id of the request at hand."""
        entry = AuditEntry(
            id=new_id(),
            at=now(),
            type=type,
            actor_id=actor.id or None if actor else None,
            actor_name=actor.name if actor else "",
            user_id=user_id,
            board_id=board_id,
            address=(actor.address if actor else address)[:45],
            request_id=str(get_contextvars().get("request_id", ""))[:128],
            detail=detail,
        )
        await self.audit.add(entry)

    def check_version(self, thing: Any) -> None:
        """Raise Stale when If-Match names another version than the thing's (RFC 9110, section 13.1.1)."""
        if self.command.if_version is not None and self.command.if_version != thing.version:
            raise Stale(thing)

    def announce(self, notice: Notice) -> None:
        """Tell this after the commit; nothing is told of a transaction that fails."""
        self.notices.append(notice)

    @cached_property
    def imports(self) -> SqlImportRows:
        """Imports and how far they are."""
        return SqlImportRows(self.connection)

    async def save_receipt(self, value: object, seq: int | None = None) -> None:
        """Keep the answer under the command's key, so that a retry gets the same one."""
        if self.command.key is None:
            return
        row = {
            "scope": self.scope,
            "key": self.command.key,
            "fingerprint": self.command.fingerprint,
            "status": self.command.status,
            "seq": seq,
            "body": self.encode(value),
            "created_at": now(),
        }
        try:
            await self.connection.execute(insert(receipts).values(row))
        except IntegrityError as error:
            raise Conflict(msg("This Idempotency-Key is being used for another request just now.")) from error


class SqlBoardUnit(SqlWork):
    """One transaction on one board, whose row is locked until it ends."""

    def __init__(
        self,
        connection: AsyncConnection,
        board: Board,
        role: Role | None,
        actor: Actor,
        command: Command,
        encode: Any,
    ) -> None:
        super().__init__(connection, actor.id, command, encode=encode)
        self.board, self.role, self.actor = board, role, actor
        self._stored = board

    @cached_property
    def columns(self) -> SqlRows[Column]:
        """The board's columns."""
        return rows_of(self.connection, self.board.id, "column")

    @cached_property
    def tasks(self) -> SqlTaskRows:
        """The board's tasks."""
        return SqlTaskRows(self.connection, self.board.id)

    @cached_property
    def labels(self) -> SqlRows[Label]:
        """The board's labels."""
        return rows_of(self.connection, self.board.id, "label")

    @cached_property
    def members(self) -> SqlMemberRows:
        """The board's people."""
        return SqlMemberRows(self.connection, self.board.id)

    @cached_property
    def board_teams(self) -> SqlBoardTeamRows:
        """The board's teams."""
        return SqlBoardTeamRows(self.connection, self.board.id)

    @cached_property
    def checklists(self) -> SqlRows[Checklist]:
        """Checklists; they hang on tasks."""
        return rows_of(self.connection, self.board.id, "checklist")

    @cached_property
    def items(self) -> SqlRows[Item]:
        """Checklist items; they hang on checklists."""
        return rows_of(self.connection, self.board.id, "item")

    @cached_property
    def comments(self) -> SqlRows[Comment]:
        """Comments; they hang on tasks."""
        return rows_of(self.connection, self.board.id, "comment")

    @cached_property
    def attachments(self) -> SqlRows[Attachment]:
        """Attachments; they hang on tasks."""
        return rows_of(self.connection, self.board.id, "attachment")

    @cached_property
    def history(self) -> SqlLog:
        """The board's event log."""
        return SqlLog(self.connection, self.board.id)

    def save_board(self, after: Board) -> None:
        """Replace the board of this unit; `record` stores what differs together with the seq."""
        self.board = after

    async def delete_board(self) -> None:
        """Delete the board; everything on it goes by the database's cascade."""
        await self.connection.execute(delete(boards).where(boards.c.id == self.board.id))
        self.announce(BoardDeleted(self.board.id))
        await self.save_receipt(None)

    async def record(self, type: EventType, changes: Iterable[Change | None], value: T) -> Outcome[T]:
        """`log` and `finish` in one."""
        await self.log(type, changes)
        return await self.finish(value)

    async def log(self, type: EventType, changes: Iterable[Change | None], origin: int | None = None) -> None:
        """Advance seq and write the event; with no change at all, nothing."""
        found = collect(changes)
        if found:
            await self._log(type, found, origin)

    async def finish(self, value: T) -> Outcome[T]:
        """Keep the receipt; the outcome carries the board's seq."""
        await self.save_receipt(value, self.board.seq)
        return Outcome(value, self.board.seq)

    async def _log(self, type: EventType, changes: tuple[Change, ...], origin: int | None) -> None:
        seq, mutation = self.board.seq + 1, self.command.mutation
        self.board = replace(self.board, seq=seq, last_mutation=mutation)
        event = Event(
            board_id=self.board.id,
            seq=seq,
            type=type,
            at=now(),
            actor_id=self.actor.id,
            actor_name=self.actor.name,
            mutation=mutation,
            changes=changes,
            origin=origin,
            epoch=self.board.epoch,
        )
        try:
            await store_event(self.connection, self._stored, self.board, event=event)
        except IntegrityError as error:
            raise Conflict(msg("This mutation id was used for another change of this board.")) from error
        self._stored = self.board
        self.announce(Changed(event))
