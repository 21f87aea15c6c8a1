"""Database, Redis, key, folder and mail, each broken for real: the sentence names the cause and what to do."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from tests.fixtures.postgres import execute
from tests.fixtures.process import find_port
from tests.integration.doctor.conftest import KEY, Look, bad, texts


async def test_a_database_that_is_well(look: Look, postgres_database_url: str) -> None:
    for settings in ({}, {"database_url": postgres_database_url}):
        found = await look("database", **settings)
        assert bad(found) == []
        assert "the newest" in texts(found)


async def test_a_wrong_password_of_the_database(look: Look, postgres_database_url: str) -> None:
    wrong = re.sub(r"://([^:]+):[^@]+@", r"://\1:hush-hush@", postgres_database_url)
    ((text, fix),) = bad(await look("database", database_url=wrong))
    assert "password authentication failed" in text
    assert "hush-hush" not in text
    assert fix == "check the user name and the password in DATABASE_URL"


async def test_a_database_that_is_away_or_not_there(look: Look, postgres_database_url: str) -> None:
    away = f"postgresql://board:secret@127.0.0.1:{find_port()}/board"
    ((_, fix),) = bad(await look("database", database_url=away))
    assert "check that PostgreSQL runs" in fix
    missing = postgres_database_url.rpartition("/")[0] + "/nowhere"
    ((text, fix),) = bad(await look("database", database_url=missing))
    assert 'database "nowhere" does not exist' in text
    assert fix.startswith("create it")


async def test_a_database_that_is_not_migrated(look: Look, create_database: Callable[[], str]) -> None:
    url = await asyncio.to_thread(create_database)
    ((text, fix),) = bad(await look("database", database_url=url))
    assert (text, fix) == ("there are no tables yet", "run: board migrate")
    execute(
        url, "CREATE TABLE alembic_version (version_num text)", "INSERT INTO alembic_version VALUES ('0001')"
    )
    ((text, fix),) = bad(await look("database", database_url=url))
    assert "it is at 0001, and this version needs" in text
    execute(url, "UPDATE alembic_version SET version_num = 'beyond'")
    ((text, fix),) = bad(await look("database", database_url=url))
    assert text == "it is at beyond, which this version does not know"


async def test_redis_that_is_well_locked_out_and_away(look: Look, redis_url: str) -> None:
    found = await look("Redis", redis_url=redis_url)
    assert bad(found) == []
    assert "a message that is published comes back" in texts(found)
    wrong = re.sub(r":[^:@]+@", ":hush-hush@", redis_url)
    ((text, fix),) = bad(await look("Redis", redis_url=wrong))
    assert fix == "check the user and password in REDIS_URL"
    assert "hush-hush" not in text
    ((text, fix),) = bad(await look("Redis", redis_url=f"redis://:x@127.0.0.1:{find_port()}/0"))
    assert "can't be reached" in text
    assert "check that Redis runs" in fix


async def test_a_key_that_others_may_read_or_guess(look: Look, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o644)
    ((text, fix),) = bad(await look("configuration", secret_key="", secret_key_file=path))
    assert "others on this machine may read" in text
    assert fix == f"run: chmod 600 {path}"
    path.chmod(0o600)
    assert bad(await look("configuration", secret_key="", secret_key_file=path)) == []
    ((text, _),) = bad(await look("configuration", secret_key="ab" * 20))
    assert "can be guessed" in text


async def test_a_data_folder_that_is_a_file(look: Look, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    ((text, _),) = bad(await look("configuration", data=path))
    assert "can't be written" in text


async def test_mail_that_is_away_and_mail_that_is_needed(look: Look) -> None:
    url = f"smtp://ann:hush@127.0.0.1:{find_port()}"
    ((text, fix),) = bad(await look("mail", mail_url=url, mail_from="board@example.org"))
    assert "hush" not in text
    assert "is a mail server this machine can reach" in fix
    assert bad(await look("mail")) == []
