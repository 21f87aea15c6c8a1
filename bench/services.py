"""PostgreSQL and Redis for measurements: private ones, started from the installed programs, as the tests do."""

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.fixtures import redis as redis_fixture
from tests.fixtures.database import migrate, name_driver
from tests.fixtures.postgres import answers, find_initdb, make_cluster, start_cluster
from tests.fixtures.process import Process, accepts, find_port, find_program, find_unprivileged


class Missing(Exception):
    """A program that a measurement needs is not installed; the message says which."""


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yield a migrated, empty PostgreSQL database; gives its URL. Raises Missing.

    It runs with the tests' settings (nothing waits for the disk), so that a ratio tells of programs, not of disks.
    """
    initdb = find_initdb()
    if initdb is None:
        raise Missing("PostgreSQL 15 or newer")
    user, port, password = find_unprivileged(), find_port(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="board-bench-") as name, tempfile.TemporaryDirectory() as logs:
        make_cluster(initdb, Path(name), password, user)
        program = initdb.with_name("postgres")
        process = start_cluster(program, Path(name), port, user, Path(logs) / "postgres.log")
        url = f"postgresql://board:{password}@127.0.0.1:{port}/postgres"
        try:
            process.wait_until(lambda: accepts(port) and answers(url))
            migrate(name_driver(url))
            yield url
        finally:
            process.stop()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Yield an empty Redis; gives its URL. Raises Missing."""
    program = find_program("redis-server", redis_fixture.FOLDERS)
    if program is None:
        raise Missing("redis-server")
    port, password = find_port(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="board-bench-") as name:
        settings = redis_fixture.write_settings(Path(name), port, password)
        process = Process([program, settings], Path(name) / "redis.log")
        try:
            process.wait_until(lambda: accepts(port))
            yield f"redis://:{password}@127.0.0.1:{port}/0"
        finally:
            process.stop()
