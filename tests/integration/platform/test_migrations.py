"""The schema: models and migrations agree, and every migration runs forward and back on both databases."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from board.repository.migrate import configuration, downgrade, upgrade
from board.repository.tables import metadata
from tests.fixtures.database import name_driver

ROOT = Path(__file__).parents[3]
PROGRAM = Path(sys.executable).with_name("board")
FLASK = Path(sys.executable).with_name("flask")


def read_schema(url: str) -> dict[str, Any]:
    """The tables of a database, each with its columns, keys, indexes and checks."""

    def look(connection: Any) -> dict[str, Any]:
        found = inspect(connection)
        return {
            name: {
                "columns": {
                    one["name"]: (str(one["type"]), one["nullable"], one["default"])
                    for one in found.get_columns(name)
                },
                "primary": found.get_pk_constraint(name)["constrained_columns"],
                "foreign": sorted(str(sorted(one.items(), key=str)) for one in found.get_foreign_keys(name)),
                "unique": sorted(str(one["column_names"]) for one in found.get_unique_constraints(name)),
                "indexes": sorted(str(one["name"]) for one in found.get_indexes(name)),
                "checks": sorted(str(one["sqltext"]) for one in found.get_check_constraints(name)),
            }
            for name in found.get_table_names()
            if name != "alembic_version"
        }

    async def read() -> dict[str, Any]:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.connect() as connection:
            schema = await connection.run_sync(look)
        await engine.dispose()
        return schema

    return asyncio.run(read())


def test_models_and_migrations_agree(database_url: str) -> None:
    command.check(configuration(database_url))


def test_there_is_one_newest_revision(unmigrated_url: str) -> None:
    script = ScriptDirectory.from_config(configuration(unmigrated_url))
    assert len(script.get_heads()) == 1


def test_every_migration_runs_forward_and_back_and_forward(unmigrated_url: str) -> None:
    revisions = list(ScriptDirectory.from_config(configuration(unmigrated_url)).walk_revisions())
    schemas = {}
    for revision in reversed(revisions):
        upgrade(unmigrated_url, revision.revision)
        schemas[revision.revision] = read_schema(unmigrated_url)
    newest = schemas[revisions[0].revision]
    assert set(newest) == set(metadata.tables)
    for revision, earlier in zip(revisions, [*revisions[1:], None], strict=True):
        downgrade(unmigrated_url, earlier.revision if earlier else "base")
        left = read_schema(unmigrated_url)
        assert left == (schemas[earlier.revision] if earlier else {}), f"{revision.revision} leaves traces"
    upgrade(unmigrated_url)
    assert read_schema(unmigrated_url) == newest


def test_migrating_again_changes_nothing(database_url: str) -> None:
    before = read_schema(database_url)
    upgrade(database_url)
    assert read_schema(database_url) == before


def run(program: list[str], url: str, data: Path) -> str:
    """Run a command of the program against a database, away from any developer's .env."""
    env = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": url,
        "BOARD_DATA": str(data),
        "SECRET_KEY": "k" * 32,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        program, env=env, cwd=data, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "program",
    [[str(PROGRAM), "migrate"], [str(FLASK), "--app", "board.app", "db", "upgrade"]],
    ids=["board", "flask"],
)
def test_both_commands_migrate(unmigrated_url: str, tmp_path: Path, program: list[str]) -> None:
    run(program, unmigrated_url, tmp_path)
    assert set(read_schema(unmigrated_url)) == set(metadata.tables)


def test_processes_that_start_at_once_take_turns(create_database: Any, tmp_path: Path) -> None:
    url = name_driver(create_database())
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: run([str(PROGRAM), "migrate"], url, tmp_path), range(2)))
    command.check(configuration(url))


def test_the_sql_can_be_read_before_it_runs(unmigrated_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    command.upgrade(configuration(unmigrated_url), "head", sql=True)
    assert "CREATE TABLE boards" in capsys.readouterr().out
    assert read_schema(unmigrated_url) == {}
