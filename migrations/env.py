"""Alembic's environment, async: runs under `flask db`, `board migrate` and the tests alike."""

import asyncio
from typing import Literal

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from board.repository.engine import CONNECT_TIMEOUT
from board.repository.migrate import LOCK, TURN
from board.repository.tables import metadata
from board.repository.types import Moment


def database_url() -> str:
    """Return the URL that was handed over, or the running application's."""
    url = context.config.attributes.get("url")
    if url is None and has_app_context():
        url = current_app.extensions["board"].settings.database
    if url is None:
        raise RuntimeError(
            "no database URL: run `flask db`, `board migrate` or call board.repository.migrate"
        )
    return str(url)


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Render a column's type: a migration stands alone, so it names the database's type, not ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction; two processes that start at once take turns."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{TURN}s'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7305122018)")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK}s'")
        before = context.get_context().get_current_revision()
        context.run_migrations()
        context.config.attributes["moved"] = (before, context.get_context().get_current_revision())


async def migrate_online(url: str) -> None:
    """Connect, migrate, disconnect."""
    patience = {"timeout": CONNECT_TIMEOUT} if url.startswith("postgresql") else {}
    engine = create_async_engine(url, poolclass=NullPool, connect_args=patience)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def connect(connection, _record):  # type: ignore[no-untyped-def]
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {TURN * 1000}")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection):  # type: ignore[no-untyped-def]
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        async with engine.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


def migrate_offline(url: str) -> None:
    """Write the SQL instead of running it."""
    context.configure(
        url=url, target_metadata=metadata, literal_binds=True, dialect_opts={"paramstyle": "named"}
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline(database_url())
else:
    asyncio.run(migrate_online(database_url()))
