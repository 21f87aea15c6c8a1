"""The fixtures themselves: what they start is real, private, empty, and gone afterwards."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio
from redis.exceptions import AuthenticationError
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from tests.fixtures import process
from tests.fixtures.process import Process, find_program, read_version, report_missing

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or ") Z " not in Path(f"/proc/{pid}/stat").read_text()


def wait_for(condition, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


async def test_postgres_answers(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()


async def test_postgres_wants_the_password(postgres_url: str) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres_url.replace("board:", "board:wrong"))


async def test_postgres_sorts_as_people_do_unless_told_otherwise(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert await connection.fetchval("SELECT 'a' < 'B'")
    assert not await connection.fetchval("""SELECT 'a' < 'B' COLLATE "C" """)
    await connection.close()


async def test_each_database_is_a_copy_of_its_template(create_database) -> None:
    template = create_database()
    connection = await asyncpg.connect(template)
    await connection.execute("CREATE TABLE mark (value int)")
    await connection.close()
    copies = [create_database(template.rsplit("/", 1)[1]) for _ in range(2)]
    for url in copies:
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT count(*) FROM mark") == 0
        await connection.execute("INSERT INTO mark VALUES (1)")
        await connection.close()
    assert len({template, *copies}) == 3


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_a_migrated_empty_database(database_url: str, turn: int) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
        assert {"alembic_version", "spent"} <= tables
        mark = await connection.exec_driver_sql("SELECT count(*) FROM spent")
        assert mark.scalar_one() == 0
        await connection.exec_driver_sql("INSERT INTO spent VALUES ('1', '2030-01-01 00:00:00')")
    await engine.dispose()


async def test_an_unmigrated_database_has_no_tables(unmigrated_url: str) -> None:
    engine = create_async_engine(unmigrated_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    await engine.dispose()


async def test_redis_answers_with_the_password(redis_url: str) -> None:
    async with redis.asyncio.Redis.from_url(redis_url) as client:
        assert await client.ping()


async def test_redis_refuses_without_the_password(redis_url: str) -> None:
    async with redis.asyncio.Redis.from_url("redis://" + redis_url.split("@")[1]) as client:
        with pytest.raises(AuthenticationError):
            await client.ping()


@pytest.mark.parametrize("turn", [1, 2])
async def test_redis_starts_empty(redis_url: str, turn: int) -> None:
    async with redis.asyncio.Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("left behind", turn)


def test_a_process_is_gone_once_stopped(tmp_path: Path) -> None:
    sleeper = Process(SLEEPER, tmp_path / "log")
    sleeper.wait_until(lambda: "up" in sleeper.read_log())
    assert is_alive(sleeper.pid)
    assert sleeper.stop() == 128 + signal.SIGTERM
    assert not is_alive(sleeper.pid)


def test_a_killed_process_says_so(tmp_path: Path) -> None:
    sleeper = Process(SLEEPER, tmp_path / "log")
    assert sleeper.kill() == 128 + signal.SIGKILL
    assert not sleeper.running


def test_a_process_that_ends_early_shows_its_log(tmp_path: Path) -> None:
    short = Process([sys.executable, "-c", "raise SystemExit('no such setting')"], tmp_path / "log")
    with pytest.raises(RuntimeError, match="ended with 1:\nno such setting"):
        short.wait_until(lambda: False)


def test_a_program_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="No such file or directory: '/no/such/program'"):
        Process(["/no/such/program"], tmp_path / "log")


def test_nothing_outlives_a_test_run_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from tests.fixtures.process import Process;"
        f"print(Process({SLEEPER!r}, Path({str(tmp_path / 'log')!r})).pid, flush=True); time.sleep(600)"
    )
    root = Path(process.__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=root) as run:
        pid = int(run.stdout.readline())
        assert is_alive(pid)
        run.kill()
    assert wait_for(lambda: not is_alive(pid))


def test_the_highest_version_is_found(tmp_path: Path) -> None:
    for version in ("9", "16", "15"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "no-such-program").touch()
    assert find_program("no-such-program", [f"{tmp_path}/*/bin"]) == str(tmp_path / "16/bin/no-such-program")
    assert find_program("no-such-program", [f"{tmp_path}/none"]) is None
    assert read_version("initdb (PostgreSQL) 15.14 (Debian)") == [15, 14]


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_what_is_missing_is_named_and_fails_in_ci(monkeypatch, ci: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="missing: redis-server"):
        report_missing("redis-server")
