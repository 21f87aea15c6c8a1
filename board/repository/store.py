"""Opens transactions: read ones, and units of work that announce their events after the commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import QueuePool

from board.domain.account import Actor
from board.domain.board import Board, Member, Role
from board.domain.errors import AlreadyDone, Conflict, Forbidden, Invalid, LockTimeout, NotFound
from board.domain.messages import msg
from board.domain.notices import BoardDeleted, Changed, FilesDiscarded, FilesRecovered, Notice, in_order
from board.repository.access import locking, select_board, select_board_of, to_access
from board.repository.database_errors import BUSY, transaction
from board.repository.engine import CONNECT_TIMEOUT, write_lock
from board.repository.last_uses import LastUseWriter
from board.repository.log_marks import LogMarks
from board.repository.pruning import prune
from board.repository.queues import BoardQueues
from board.repository.reader import SqlReader
from board.repository.tables import boards, receipts
from board.repository.unit import SqlBoardUnit, SqlWork
from board.service.file_store import FileStore
from board.service.ports import Announcer, Command, LastUse, Retention

ANONYMOUS = "anonymous"

BOARD_SLOTS = 3
"""Connections that may wait for one board, of ten in the pool; in a larger pool more."""

BOARD_IDS_MAX = 20_000
"""Things of which it is kept in mind to which board they belong."""


class SqlStore:
    """Where everything is kept.

    `encode` writes a value as the API answers it, for receipts. A server has `marks`, in which it notes what it has
    announced.
    """

    def __init__(
        self, engine: AsyncEngine, announcer: Announcer, encode: Callable[[Any], bytes], files: FileStore
    ) -> None:
        self.engine, self.announcer, self.encode, self.files = engine, announcer, encode, files
        self.marks: LogMarks | None = None
        self._writers, self._last_uses = write_lock(engine), LastUseWriter(self._begin)
        pool_size: int = engine.pool.size() if isinstance(engine.pool, QueuePool) else 1
        self._board_queues, self._several_queue = (
            BoardQueues(max(1, BOARD_SLOTS * pool_size // 10)),
            BoardQueues(pool_size),
        )
        self._board_ids: dict[tuple[str, str], str] = {}
        self._writing = engine.execution_options(writing=True)
        self._reading = (
            engine
            if self._writers
            else engine.execution_options(isolation_level="REPEATABLE READ")  # not shown
        )
        self._autocommit = engine if self._writers else engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def reading(self, *, long: bool = False) -> AsyncIterator[SqlReader]:
        """Open a read transaction; a `long` one takes what time it needs, another is ended by Unavailable."""
        async with transaction(self._reading, long) as connection:
            yield SqlReader(connection)

    @asynccontextmanager
    async def reading_outside_transaction(self) -> AsyncIterator[SqlReader]:
        """For a single query, which needs no transaction: on PostgreSQL that saves two round trips."""
        async with transaction(self._autocommit) as connection:
            yield SqlReader(connection)

    @asynccontextmanager
    async def work(self, actor: Actor | None, command: Command) -> AsyncIterator[SqlWork]:
        """Open a transaction that is not bound to a board."""
        scope = actor.id if actor else ANONYMOUS
        async with self._queue_for("user", scope), self._begin() as connection:
            work = SqlWork(connection, scope, command, encode=self.encode, queues=self._several_queue)
            await _replay(connection, scope, command, alone=actor is not None)
            yield work
        await self._announce(work.notices)

    def board(
        self, board_id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[SqlBoardUnit]:
        """Open a transaction on one board, its row locked."""
        return self._unit(select_board(), "board", board_id, actor=actor, command=command)

    def any_board(
        self, board_id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[SqlBoardUnit]:
        """Open a transaction on one board, whatever the actor's role there is."""
        return self._unit(select_board(), "board", board_id, actor=actor, command=command, any_role=True)

    def board_of(
        self, kind: str, id: str, actor: Actor, command: Command
    ) -> AbstractAsyncContextManager[SqlBoardUnit]:
        """Open a transaction on the board that a thing belongs to."""
        return self._unit(select_board_of(kind), kind, id, actor=actor, command=command)

    @asynccontextmanager
    async def new_board(
        self, board: Board, member: Member, actor: Actor, command: Command
    ) -> AsyncIterator[SqlBoardUnit]:
        """Open a transaction that makes a board with one member."""
        async with self._begin() as connection:
            await _replay(connection, actor.id, command, alone=True)
            unit = SqlBoardUnit(
                connection, board, Role.of(member.role), actor=actor, command=command, encode=self.encode
            )
            values = {column.name: getattr(board, column.name) for column in boards.c}
            try:
                await connection.execute(insert(boards).values(values))
            except IntegrityError as error:
                raise Conflict(msg("There is a board with this id already.")) from error
            await unit.members.add(member)
            yield unit
        await self._announce(unit.notices)

    @asynccontextmanager
    async def _unit(
        self,
        query: Select[Any],
        kind: str,
        id: str,
        actor: Actor,
        command: Command,
        any_role: bool = False,
    ) -> AsyncIterator[SqlBoardUnit]:
        asked = {"actor_id": actor.id, "asked_id": id}
        async with self._queue_for(kind, id) as stuck, self._begin() as connection:
            row = (await connection.execute(locking(query, nowait=stuck), asked)).first()
            await _replay(connection, actor.id, command)
            if row is not None and row.seq != row.seen_seq:
                row = (await connection.execute(query, asked)).first()
            if row is None:
                raise NotFound(kind)
            board, role = to_access(row)
            if actor.guest_of == board.id:
                raise Forbidden(msg("By its public link a board can only be read."))
            if role is None and not any_role:
                raise NotFound(kind)
            unit = SqlBoardUnit(connection, board, role, actor=actor, command=command, encode=self.encode)
            yield unit
        await self._announce(unit.notices)

    @asynccontextmanager
    async def _queue_for(self, kind: str, id: str) -> AsyncIterator[bool]:
        """Wait, on PostgreSQL, for a slot of a thing's board or of a person; yield whether the row is stuck."""
        board_id = await self._find_board_id(kind, id) if self._writers is None else None
        async with AsyncExitStack() as stack:
            yield await stack.enter_async_context(self._board_queues.slot(board_id)) if board_id else False

    async def _find_board_id(self, kind: str, id: str) -> str | None:
        """Return the board that a thing belongs to, from a cache; None for no such thing, or one of no board."""
        if kind in ("board", "user"):
            return id if id != ANONYMOUS else None
        board_id = self._board_ids.get((kind, id))
        if board_id is None:
            async with self.reading_outside_transaction() as read:
                board_id = await read.find_board_id(kind, id)
            if board_id is not None:
                if len(self._board_ids) >= BOARD_IDS_MAX:
                    del self._board_ids[next(iter(self._board_ids))]
                self._board_ids[kind, id] = board_id
        return board_id

    @asynccontextmanager
    async def _begin(self, long: bool = False) -> AsyncIterator[AsyncConnection]:
        async with self._write_lock(), transaction(self._writing, long) as connection:
            yield connection

    @asynccontextmanager
    async def _write_lock(self) -> AsyncIterator[None]:
        """Hold SQLite's write lock; LockTimeout when it doesn't come, as when another program has locked the file."""
        if self._writers is None:
            yield
            return
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                await self._writers.acquire()
        except TimeoutError:
            raise LockTimeout(BUSY) from None
        try:
            yield
        finally:
            self._writers.release()

    async def _announce(self, notices: list[Notice]) -> None:
        """Hand out what a transaction has to tell, now that it is committed.

        This is the one place where anything follows from a commit. Connected people hear of a change by the announcer;
        a reader of the log is woken by the same `Changed`, and finds in the log what it is about.
        """
        queue = in_order(notices)
        self._mark_newest(queue)
        for notice in queue:
            self.announcer.announce(notice)
        for notice in queue:
            await self._update_files(notice)

    def _mark_newest(self, queue: list[Notice]) -> None:
        """Note the newest change beside the database, before anybody hears of it."""
        if self.marks is None:
            return
        changes = [notice for notice in queue if isinstance(notice, Changed)]
        if changes:
            self.marks.advance(changes[-1].event)
        for notice in queue:
            if isinstance(notice, BoardDeleted):
                self.marks.clear(notice.board_id)

    async def _update_files(self, notice: Notice) -> None:
        """Let files follow the rows that name them; those of a deleted board go whole."""
        match notice:
            case BoardDeleted(board_id):
                await self.files.remove_board(board_id)
            case FilesDiscarded(board_id, ids):
                await self.files.remove(board_id, ids)
            case FilesRecovered(board_id, ids):
                await self.files.recover(board_id, ids)

    def record_use(self, use: LastUse) -> None:
        """Write down soon that something was used."""
        self._last_uses.add(use)

    async def drain(self) -> None:
        """Wait until what nobody waits for is written."""
        await self._last_uses.drain()

    async def prune(self, retention: Retention) -> dict[str, int]:
        """Delete what has been kept long enough; return how many of each went."""
        async with self._begin(long=True) as connection:
            if self._writers is None:
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
            gone = await prune(connection, retention)
        return {**gone, "files": await self.files.sweep(retention.files)}


async def _replay(connection: AsyncConnection, scope: str, command: Command, *, alone: bool = False) -> None:
    """Raise AlreadyDone when the command was carried out before.

    Asked after the board's row is locked, or, where there is no board, `alone`: a retry that overtakes its original
    waits for it, and then finds the receipt. That lock is the key's own: two people's rows, locked first, could
    be what each waits for of the other.
    """
    if command.key is None:
        return
    if alone and connection.dialect.name == "postgresql":
        own = func.hashtextextended(f"{scope} {command.key}", 0)
        await connection.execute(select(func.pg_advisory_xact_lock(own)))
    query = select(receipts).where(receipts.c.scope == scope, receipts.c.key == command.key)
    row = (await connection.execute(query)).first()
    if row is None:
        return
    if row.fingerprint != command.fingerprint:
        raise Invalid.field("Idempotency-Key", msg("This key was used for a different request."))
    raise AlreadyDone(row.status, row.seq, row.body)
