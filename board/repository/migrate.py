"""Bring a database to the newest schema, or back: Alembic without a Flask application."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import make_url

from board.config.paths import find
from board.security.private_files import make_file, make_folder

TURN = 20
"""Seconds that a process waits for another one that migrates the same database."""

LOCK = 10
"""Seconds that a migration waits for a table: whoever comes after it waits, too."""


class MigrationError(Exception):
    """The database can't be brought there; the message says why, and what to do."""


def configuration(url: str) -> Config:
    """Alembic's configuration for one database URL."""
    config = Config()
    config.set_main_option("script_location", str(find("migrations")).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def find_file(url: str) -> Path | None:
    """Return the file of a SQLite database; None for another, or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return None if str(parsed.database).startswith("file:") else Path(str(parsed.database))


def upgrade(url: str, revision: str = "head") -> tuple[str | None, str | None]:
    """Migrate forward, and answer from where to where. Makes a SQLite file and its folder, for their owner only.

    Blocking; must not be called on a running loop. Raises MigrationError, and what the database raises.
    """
    if file := find_file(url):
        make_folder(file.parent, parents=True)
        make_file(file)
    return _run(command.upgrade, url, revision)


def downgrade(url: str, revision: str) -> tuple[str | None, str | None]:
    """Migrate back, and answer from where to where: what newer tables held is deleted."""
    return _run(command.downgrade, url, revision)


def migrate(url: str, revision: str, back: bool = False) -> str:
    """Bring the database to a revision, forward or, only if `back` is said, back; the sentence tells what was done."""
    before, after = (downgrade if back else upgrade)(url, revision)
    if before != after:
        return _describe(before, after)
    target = ScriptDirectory.from_config(configuration(url)).as_revision_number(revision)
    if back or target == after:
        return f"The database is at {after or 'no revision'}: there was nothing to do."
    raise MigrationError(
        f"the database is at {after}, and {revision} is older. Going back deletes what newer tables hold: "
        f"make a backup, then run: board migrate --back {revision}"
    )


async def upgrade_in_thread(url: str) -> None:
    """Migrate forward from async code."""
    await asyncio.to_thread(upgrade, url)


def _describe(before: str | None, after: str | None) -> str:
    if before is None:
        return f"The database had no tables. It is at {after} now."
    if after is None:
        return f"The database was at {before}. Its tables are gone."
    return f"The database was at {before}. It is at {after} now."


def _run(verb: Callable[[Config, str], None], url: str, revision: str) -> tuple[str | None, str | None]:
    config = configuration(url)
    try:
        verb(config, revision)
    except CommandError as error:
        raise MigrationError(_explain(config, revision, str(error))) from error
    return config.attributes["moved"]  # type: ignore[no-any-return]


def _explain(config: Config, revision: str, error: str) -> str:
    """Say Alembic's errors in our words: which revision is unknown, the one asked for or the database's own."""
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    if f"'{revision}'" in error and "locate revision" in error:
        return f"there is no revision {revision!r}; there are {', '.join(reversed(known))}, head and base"
    if "locate revision" in error:
        return (
            f"the database was made by a newer version ({error}); this one knows {known[0]} as the newest. "
            "Run a version at least as new, or restore a backup"
        )
    return error
