"""Notices that the database was put back from a backup, and gives every board's log another name.

What a restore can't keep tells it: on PostgreSQL the cluster, its timeline, the database and its tables are others; on
SQLite the file is, or the one beside it; and a change that was announced is missing. See docs/decisions/0009.
"""

import asyncio
from pathlib import Path

import structlog
from sqlalchemy import TextClause, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from board.domain.ids import new_id
from board.repository.database_errors import transaction
from board.repository.log_marks import HighWaterMark, LogMarks
from board.repository.tables import boards, events, log_origin

log = structlog.get_logger(__name__)

INTERVAL = 4.0
"""Seconds between two looks at a PostgreSQL; a SQLite file is not replaced while it is open."""

GRACE = 0.5
"""Seconds within which a process that has deleted a board has said so."""

BIRTH, SEEN = "birth", "seen"
_SEEN = select(log_origin.c.value).where(log_origin.c.name == SEEN)

_TABLES = """SELECT concat_ws(' ', (SELECT oid FROM pg_database WHERE datname = current_database()),
'events'::regclass::oid, xmin) FROM log_origin WHERE name = 'birth'"""
_CLUSTER = """SELECT concat_ws(' ', (SELECT system_identifier FROM pg_control_system()),
left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))"""


class RestoreDetector:
    """Tells when another database stands behind the logs. `marks` is what the data folder knows of the last one."""

    def __init__(self, engine: AsyncEngine, marks: LogMarks) -> None:
        self.engine, self.marks = engine, marks
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._autocommit = (
            engine if self.is_sqlite else engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._writing = engine.execution_options(writing=True)

    async def watch(self) -> None:
        """Look until cancelled; on SQLite until it was possible once. A database that is away is waited for."""
        while not (self.marks.active and self.is_sqlite):
            await asyncio.sleep(INTERVAL)
            await self.try_check()

    async def try_check(self) -> None:
        """Look now, if the database can be reached."""
        try:
            await self.check()
        except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again
            log.warning("log.unchecked", error=str(error))

    async def check(self) -> bool:
        """Return whether this database is another one than was seen last; then clients are told to begin anew."""
        identity = await self._identify()
        found = await self._has_changed(identity) and await self._renew_epochs(identity)
        self.marks.active = True
        if found or not self.marks.mark.exists():
            self.marks.clear()
        if found:
            log.warning(
                "log.renamed", cause="The database is new, or was put back: every client begins anew."
            )
        return found

    async def _identify(self) -> str:
        if self.is_sqlite:
            name = self.engine.url.database
            files = [Path(name)] if name and name != ":memory:" else []
            return await asyncio.to_thread(self.marks.identity, *files)
        async with transaction(self._autocommit) as connection:
            identity = await connection.scalar(text(_TABLES))
            if identity is None:
                birth = insert(log_origin).values(name=BIRTH, value=new_id()).on_conflict_do_nothing()
                await connection.execute(birth)
                identity = await connection.scalar(text(_TABLES))
        return f"{identity} {await self._ask_cluster(text(_CLUSTER))}"

    async def _ask_cluster(self, query: TextClause) -> str:
        """Not every hosted PostgreSQL tells; without it the rest has to do."""
        try:
            async with transaction(self._autocommit) as connection:
                return str(await connection.scalar(query))
        except DBAPIError:
            return "-"

    async def _has_changed(self, identity: str) -> bool:
        async with transaction(self._autocommit) as connection:
            seen = await connection.scalar(_SEEN)
        return seen != identity or await self._lacks_mark()

    async def _lacks_mark(self) -> bool:
        """Return whether the newest change that was announced is not in the log.

        Asked twice, for its board may just have been deleted by another process, which says so.
        """
        mark = self.marks.read()
        if mark is None:
            return self.is_sqlite and not self.marks.active and not self.marks.mark.exists()
        if await self._contains(mark):
            return False
        await asyncio.sleep(GRACE)
        return self.marks.read() == mark and not await self._contains(mark)

    async def _contains(self, mark: HighWaterMark) -> bool:
        """Return whether a change is in the log, or was and has been pruned."""
        here = (events.c.board_id == boards.c.id) & (events.c.seq == mark.seq)
        query = select(boards.c.seq, events.c.mutation).outerjoin(events, here)
        async with transaction(self._autocommit) as connection:
            row = (await connection.execute(query.where(boards.c.id == mark.board_id))).first()
        return row is not None and row.seq >= mark.seq and row.mutation in (None, mark.mutation)

    async def _renew_epochs(self, identity: str) -> bool:
        """Give the logs another name, once, however many processes have noticed."""
        async with transaction(self._writing) as connection:
            if not self.is_sqlite:
                await connection.execute(select(func.pg_advisory_xact_lock(7305122019)))
            seen = await connection.scalar(_SEEN)
            if seen == identity and not await self._lacks_mark():
                return False
            await connection.execute(update(boards).values(epoch=new_id()))
            await self._store_identity(connection, identity)
        return True

    async def _store_identity(self, connection: AsyncConnection, identity: str) -> None:
        known = await connection.execute(
            update(log_origin).where(log_origin.c.name == SEEN).values(value=identity)
        )
        if not known.rowcount:
            await connection.execute(insert(log_origin).values(name=SEEN, value=identity))
