"""A database that is away, told from a statement that is wrong."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from asyncpg import InterfaceError, PostgresError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from board.domain.errors import Unavailable

log = structlog.get_logger(__name__)

AWAY = ("08", "53", "57P", "25006", "40001", "40P01")
"""SQLSTATEs (PostgreSQL, appendix A) of a server that goes, is full, is a standby, or chose another transaction."""
BUSY = ("database is locked", "disk I/O error", "database or disk is full")
"""The same, as SQLite says it."""


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction, committed at the end. Raises Unavailable when the database is away.

    A broken connection of the pool was replaced before this yields (see `engine.py`), so nothing is ever done twice.
    """
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (OSError, PostgresError, InterfaceError, DBAPIError, PoolTimeout) as error:
            raise _unavailable(error) from error
        try:
            async with connection.begin():
                yield connection
        except DBAPIError as error:
            if not is_outage(error):
                raise
            raise _unavailable(error) from error


def is_outage(error: DBAPIError) -> bool:
    """Whether the same statement can succeed a little later."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return bool(
        error.connection_invalidated
        or (state and state.startswith(AWAY))
        or any(sign in str(error.orig) for sign in BUSY)
    )


def _unavailable(error: Exception) -> Unavailable:
    cause = getattr(error, "orig", None) or error
    log.warning("database.away", error=str(cause) or type(cause).__name__)
    return Unavailable("The database can't be reached just now. Try again in a moment.")
