"""The database connection: one AsyncEngine per process, tuned for each of the two databases."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from board.repository.connection_settings import set_timeouts
from board.repository.folding import register_functions
from board.repository.migrate import find_file
from board.security.private_files import make_file
from board.wire.json import dumps, loads

CONNECT_TIMEOUT = 5.0
"""Seconds to wait for a connection, of the pool or to PostgreSQL."""

BUSY_TIMEOUT = 5_000
"""Milliseconds that SQLite waits for another program's lock."""


def open_engine(url: str, pool_size: int = 10, durable: bool = True) -> AsyncEngine:
    """Return an engine for a database URL whose driver is already the async one (see `config/settings.py`).

    `durable`: a commit on SQLite is on the disk before it is answered. Only tests do without.
    """
    parsed = make_url(url)
    options: dict[str, Any] = {"json_serializer": dumps, "json_deserializer": loads}
    if parsed.get_backend_name() == "sqlite":
        engine = create_async_engine(parsed, pool_size=pool_size, pool_timeout=CONNECT_TIMEOUT, **options)
        _tune_sqlite(engine, durable)
        if file := find_file(url):
            _guard_file(engine, file)
        return engine
    engine = create_async_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_recycle=1800,
        pool_timeout=CONNECT_TIMEOUT,
        connect_args={"timeout": CONNECT_TIMEOUT},
        **options,
    )
    _replace_broken_connections(engine)

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        set_timeouts(connection)

    return engine


def _replace_broken_connections(engine: AsyncEngine) -> None:
    """After a restart of PostgreSQL take a new connection, before any statement was sent over the old one.

    The driver has seen the end of the connection: unlike `pool_pre_ping` this costs no round trip.
    """

    @event.listens_for(engine.sync_engine, "checkout")
    def checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError


def write_lock(engine: AsyncEngine) -> asyncio.Lock | None:
    """SQLite has one writer: waiting for it in line costs less than spinning on the file lock."""
    return asyncio.Lock() if engine.dialect.name == "sqlite" else None


def _guard_file(engine: AsyncEngine, file: Path) -> None:
    """Make the file for its owner only; and once it was there, never write into one that is gone, or beside another.

    SQLite would go on with a file that was removed, or begin an empty one where a disk was unmounted.
    """
    seen = False

    @event.listens_for(engine.sync_engine, "do_connect")
    def before_connecting(_dialect: Any, record: Any, _arguments: Any, _options: Any) -> None:
        nonlocal seen
        if not seen:
            make_file(file)
        status = file.stat()
        seen, record.info["file"] = True, (status.st_dev, status.st_ino)

    @event.listens_for(engine.sync_engine, "checkout")
    def checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        status = file.stat()
        if record.info["file"] != (status.st_dev, status.st_ino):
            raise DisconnectionError


def _tune_sqlite(engine: AsyncEngine, durable: bool) -> None:
    """Let SQLAlchemy, not the driver, begin transactions, and begin the writing ones with the write lock."""

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT}",
            "journal_mode = WAL",
            f"synchronous = {'FULL' if durable else 'OFF'}",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "cache_size = -16000",
            "mmap_size = 134217728",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        register_functions(connection)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
