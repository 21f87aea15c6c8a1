"""Whether the database has the tables that this version works with."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from board.domain.errors import Unavailable
from board.repository.database_errors import UNMIGRATED, classify_database_error, transaction
from board.repository.migrate import configuration


class SchemaState(StrEnum):
    """How the schema of a database compares with the one that this version needs."""

    EMPTY = "empty"
    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class SchemaFound:
    """The revision that was found, if any, and the one that this version needs."""

    state: SchemaState
    revision: str | None
    needed: str


@cache
def known_revisions() -> tuple[str, ...]:
    """Return the revisions that this version knows, the newest first. Reads files."""
    scripts = ScriptDirectory.from_config(configuration("")).walk_revisions()
    return tuple(script.revision for script in scripts)


async def find_schema(connection: AsyncConnection) -> SchemaFound:
    """Compare. The connection must be in no transaction that matters: one without tables fails."""
    known = await asyncio.to_thread(known_revisions)
    try:
        revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError as error:
        if (classify_database_error(error) or (None, ""))[1] != UNMIGRATED:
            raise
        revision = None
    if revision is None:
        return SchemaFound(SchemaState.EMPTY, None, known[0])
    if revision not in known:
        return SchemaFound(SchemaState.NEWER, revision, known[0])
    return SchemaFound(SchemaState.NEWEST if revision == known[0] else SchemaState.OLDER, revision, known[0])


class SchemaCheck:
    """Check until the tables are there: from then on they stay, for a migration only adds."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._found: SchemaFound | None = None

    async def check(self) -> SchemaFound:
        """Return what was found. Raises Unavailable when the database can't be reached."""
        try:
            async with transaction(self._engine) as connection:
                if self._found is None:
                    found = await find_schema(connection)
                    if found.state is SchemaState.EMPTY or found.state is SchemaState.OLDER:
                        return found
                    self._found = found
                else:
                    await connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise Unavailable(str(error.orig)) from error
        return self._found
