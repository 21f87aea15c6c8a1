"""The database: can it be reached, is it migrated, is it what the program counts on?"""

import asyncio
from collections.abc import AsyncIterator

from alembic.script import ScriptDirectory
from asyncpg import PostgresError
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from board.config.settings import Settings
from board.domain.diagnosis import Finding, bad, good, note
from board.repository.engine import open_engine
from board.repository.migrate import configuration

PART = "database"
REFUSED, MISSING = "28", "3D"
"""Classes of SQLSTATE: the sign-in was refused; there is no such database (PostgreSQL, appendix A)."""

OLDEST = 15
"""The oldest PostgreSQL that is tested."""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Reach it, then look at what it holds."""
    engine = open_engine(settings.database, 1)
    try:
        async with engine.connect() as connection:
            yield await _version(connection, engine)
            yield await _isolation(connection, engine)
            yield await _revision(connection, settings)
    except (SQLAlchemyError, PostgresError, OSError, TimeoutError) as error:
        yield _unreachable(settings, error)
    finally:
        await engine.dispose()


def _unreachable(settings: Settings, error: BaseException) -> Finding:
    cause = getattr(error, "orig", None) or error
    reason = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
    where = f"{_display_url(settings)} can't be opened: {reason}"
    state = str(getattr(cause, "sqlstate", None) or "")
    if state.startswith(MISSING):
        return bad(PART, where, "create it, with createdb and the name in DATABASE_URL")
    if state.startswith(REFUSED):
        return bad(PART, where, "check the user name and the password in DATABASE_URL")
    if settings.database.startswith("sqlite"):
        return bad(PART, where, "the folder must be there and this user must own it; or set DATABASE_URL")
    return bad(
        PART, where, "check that PostgreSQL runs and that the host and port in DATABASE_URL are its own"
    )


async def _version(connection: AsyncConnection, engine: AsyncEngine) -> Finding:
    if engine.dialect.name == "sqlite":
        version = await connection.scalar(text("SELECT sqlite_version()"))
        return good(PART, f"SQLite {version} at {engine.url.database}")
    number = int(str(await connection.scalar(text("SHOW server_version_num"))))
    shown = f"PostgreSQL {number // 10000} at {engine.url.host}"
    if number < OLDEST * 10000:
        return bad(PART, f"{shown} is too old", f"use PostgreSQL {OLDEST} or newer")
    return good(PART, f"{shown} can be reached")


async def _isolation(connection: AsyncConnection, engine: AsyncEngine) -> Finding:
    """Return what the program counts on: readers beside a writer, and a statement that sees what was just committed."""
    if engine.dialect.name == "sqlite":
        mode = str(await connection.scalar(text("PRAGMA journal_mode")))
        if mode != "wal":
            fix = "move the data to a local disk: network file systems have no write-ahead log"
            return bad(PART, f"the journal mode is {mode} and can't be made WAL", fix)
        return good(PART, "it writes ahead (WAL), so that nobody waits to read")
    level = str(await connection.scalar(text("SHOW default_transaction_isolation")))
    if level != "read committed":
        fix = "set default_transaction_isolation to 'read committed' for this database"
        return bad(PART, f"its isolation level is {level}, so that two changes at once fail", fix)
    return good(PART, "its isolation level is read committed")


async def _revision(connection: AsyncConnection, settings: Settings) -> Finding:
    scripts = ScriptDirectory.from_config(configuration(settings.database))
    newest = await asyncio.to_thread(scripts.get_current_head)
    try:
        found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        found = None
    if found == newest:
        return good(PART, f"migrated to {newest}, the newest")
    if found is None and settings.embedded:
        return note(PART, "there are no tables yet", "the first `board serve` makes them")
    if found not in {script.revision for script in scripts.walk_revisions()}:
        text_ = f"it is at {found}, which this version does not know" if found else "there are no tables yet"
        fix = "run a program at least as new as the database" if found else "run: board migrate"
        return bad(PART, text_, fix)
    return bad(PART, f"it is at {found}, and this version needs {newest}", "run: board migrate")


def _display_url(settings: Settings) -> str:
    """Return the database without its password."""
    return make_url(settings.database).render_as_string(hide_password=True)
