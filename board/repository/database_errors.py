"""A database that is away, full or held by somebody, told from a statement that is wrong."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from asyncpg import InterfaceError, PostgresError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from board.domain.errors import LockTimeout, NoSpace, Unavailable
from board.domain.messages import msg
from board.domain.os_errors import classify_os_error

log = structlog.get_logger(__name__)

TRANSACTION_SECONDS = 30.0
"""Seconds that a transaction may take."""

AWAY = msg("The database can't be reached just now. Try again in a moment.")
LOCKED = msg("Somebody else is changing this and does not come to an end. Try again in a moment.")
FULL = msg(
    "The disk of the database is full: nothing can be saved until whoever runs this server makes room."
)
READ_ONLY = msg("The database can only be read just now. Try again in a moment.")
TOO_MANY_CONNECTIONS = msg("The database takes no more connections just now. Try again in a moment.")
BUSY = msg("Another program has locked the database. Try again in a moment.")
DISK = msg("The disk of the database can't be read or written just now.")
DAMAGED = msg("The database is damaged: whoever runs this server has to restore it from a backup.")
UNMIGRATED = msg(
    "The database lacks tables of this version: whoever runs this server has to run `board migrate`."
)

Fault = tuple[type[Unavailable], str]

POSTGRES: dict[str, Fault] = {
    "08": (Unavailable, AWAY),
    "25006": (Unavailable, READ_ONLY),
    "25P03": (Unavailable, AWAY),
    "40001": (Unavailable, AWAY),
    "40P01": (Unavailable, AWAY),
    "42P01": (Unavailable, UNMIGRATED),
    "42703": (Unavailable, UNMIGRATED),
    "53100": (NoSpace, FULL),
    "53300": (Unavailable, TOO_MANY_CONNECTIONS),
    "53": (Unavailable, AWAY),
    "55P03": (LockTimeout, LOCKED),
    "57014": (Unavailable, msg("The database took too long. Try again in a moment.")),
    "57P": (Unavailable, AWAY),
    "58030": (Unavailable, DISK),
    "XX001": (Unavailable, DAMAGED),
    "XX002": (Unavailable, DAMAGED),
}
"""By SQLSTATE or the beginning of it (PostgreSQL, appendix A); the longest that fits counts."""

SQLITE: dict[int, Fault] = {
    sqlite3.SQLITE_BUSY: (LockTimeout, BUSY),
    sqlite3.SQLITE_LOCKED: (LockTimeout, BUSY),
    sqlite3.SQLITE_PERM: (Unavailable, READ_ONLY),
    sqlite3.SQLITE_READONLY: (Unavailable, READ_ONLY),
    sqlite3.SQLITE_FULL: (NoSpace, FULL),
    sqlite3.SQLITE_IOERR: (Unavailable, DISK),
    sqlite3.SQLITE_CANTOPEN: (Unavailable, DISK),
    sqlite3.SQLITE_PROTOCOL: (LockTimeout, BUSY),
    sqlite3.SQLITE_CORRUPT: (Unavailable, DAMAGED),
    sqlite3.SQLITE_NOTADB: (Unavailable, DAMAGED),
}
"""By primary result code (sqlite.org/rescode.html)."""

CONNECTING = (OSError, PostgresError, InterfaceError, DBAPIError, PoolTimeout, sqlite3.Error)
"""What can come of opening a connection."""


@asynccontextmanager
async def transaction(engine: AsyncEngine, long: bool = False) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that is committed at the end. Raises Unavailable when the database is away.

    A broken connection of the pool was replaced before this yields (see `engine.py`), so nothing is ever done twice.
    It has TRANSACTION_SECONDS seconds, and a `long` one what time it needs.
    """
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except CONNECTING as error:
            raise _log_unavailable(error, classify_database_error(error) or (Unavailable, AWAY)) from error
        limit = asyncio.timeout(None if long else TRANSACTION_SECONDS)
        try:
            async with limit, connection.begin():
                yield connection
        except DBAPIError as error:
            fault = classify_database_error(error)
            if fault is None:
                raise
            raise _log_unavailable(error, fault) from error
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise _log_unavailable(error, (Unavailable, AWAY)) from error


def classify_database_error(error: BaseException) -> Fault | None:
    """Return what to say of an error after which the same statement may succeed later; None when it won't."""
    cause = getattr(error, "orig", None) or error
    if fault := classify_os_error(cause):
        return type(fault), str(fault)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _classify_sqlite_error(cause) if code == sqlite3.SQLITE_ERROR else SQLITE.get(code & 0xFF)
    state = str(getattr(cause, "sqlstate", None) or "")
    fitting = [start for start in POSTGRES if state.startswith(start)]
    if fitting:
        return POSTGRES[max(fitting, key=len)]
    return (Unavailable, AWAY) if getattr(error, "connection_invalidated", False) else None


def _classify_sqlite_error(cause: BaseException) -> Fault | None:
    """SQLite has one code for whatever is wrong with a statement."""
    missing = str(cause).startswith(("no such table", "no such column"))
    return (Unavailable, UNMIGRATED) if missing else None


def _log_unavailable(error: BaseException, fault: Fault) -> Unavailable:
    cause = getattr(error, "orig", None) or error
    log.warning("database.away", error=str(cause) or type(cause).__name__)
    kind, text = fault
    return kind(text)
