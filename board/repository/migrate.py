"""Bring a database to the newest schema, or back: Alembic without a Flask application."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import make_url

from board.paths import find


def configuration(url: str) -> Config:
    """Alembic's configuration for one database URL."""
    config = Config()
    config.set_main_option("script_location", str(find("migrations")).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate forward. Makes the folder of a SQLite file. Blocking; must not be called on a running loop."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate back."""
    command.downgrade(configuration(url), revision)


async def upgrade_in_thread(url: str) -> None:
    """Migrate forward from async code."""
    await asyncio.to_thread(upgrade, url)
