"""What the machine, the settings or the database are to blame for ends a command with one sentence and no traceback."""

import asyncio
import errno
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypercorn.config import Config
from sqlalchemy.exc import DBAPIError

from board.cli.commands import describe
from board.cli.main import cli
from board.config.settings import ConfigurationError
from board.loop.headers import Headers
from board.repository import migrate
from board.repository.migrate import upgrade
from board.repository.schema import known_revisions
from board.server import ServerConfig
from tests.fixtures.database import name_driver
from tests.fixtures.process import find_port
from tests.fixtures.server import SETTINGS
from tests.integration.storage.test_stuck_rows import holding

PROGRAM = Path(sys.executable).with_name("board")
KEY = "k" * 32
NEWEST = known_revisions()[0]
Board = Callable[..., tuple[int, str]]


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Run `board`, in this interpreter: `board("serve", PORT="80")` answers its status and all it said."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **settings: str) -> tuple[int, str]:
        outer = dict.fromkeys(name for name in os.environ if name.startswith(SETTINGS))
        env = outer | {"BOARD_DATA": str(tmp_path / "data"), "SECRET_KEY": KEY} | settings
        done = CliRunner(env=env).invoke(cli, arguments, prog_name="board")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


@pytest.fixture
def program(tmp_path: Path) -> Board:
    """The same as a process of its own; `before` are commands of its shell."""

    def run(*arguments: str, before: str = ":", **settings: str) -> tuple[int, str]:
        outer = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        env = outer | {"BOARD_DATA": str(tmp_path / "data"), "SECRET_KEY": KEY} | settings
        command = ["/bin/sh", "-c", f'{before}; exec "$@"', "sh", str(PROGRAM), *arguments]
        done = subprocess.run(
            command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return run


def refused(answer: tuple[int, str], *words: str) -> None:
    """It ended with 1 and a sentence with these words."""
    status, said = answer
    assert status == 1, said
    assert "Traceback" not in said, said
    for word in words:
        assert word in said, said


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_an_address_that_cannot_be_listened_at(program: Board, taken: int) -> None:
    refused(program("serve", PORT=str(taken)), f"127.0.0.1:{taken}", "another program listens there", "PORT")
    refused(program("serve", HOST="192.0.2.7", PORT="8123"), "192.0.2.7:8123", "does not have that address")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "only root may listen at ports below 1024"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "HOST has to be a name"),
    ],
)
def test_other_addresses_that_cannot_be_listened_at(
    error: OSError, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What root may do, and what asks the network, are told here."""

    def refuse(_config: Config) -> None:
        raise error

    monkeypatch.setattr(Config, "create_sockets", refuse)
    config = ServerConfig(Headers({}))
    with pytest.raises(ConfigurationError, match=words):
        config.listen()


def test_a_data_folder_that_is_none(board: Board, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for arguments in (["serve"], ["user", "list"], ["migrate"]):
        for data in ("file", "file/below"):
            refused(
                board(*arguments, BOARD_DATA=str(tmp_path / data)), str(tmp_path / "file"), "Not a directory"
            )
    away = f"postgresql://board:x@127.0.0.1:{find_port()}/board"
    refused(board("serve", BOARD_DATA=str(tmp_path / "file"), DATABASE_URL=away), "Not a directory")
    refused(board("serve", BOARD_DATA="/proc/board"), "/proc/board")


def test_settings_that_cannot_be_read(board: Board, tmp_path: Path) -> None:
    missing = str(tmp_path / "key")
    refused(board("serve", SECRET_KEY="", SECRET_KEY_FILE=missing), "SECRET_KEY_FILE", "No such file")
    refused(board("serve", SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path)), "SECRET_KEY_FILE", "Is a directory")
    (tmp_path / ".env").write_bytes(b"BOARD_URL=\xff\xfe")
    refused(board("serve"), ".env can't be read")


def test_databases_that_are_none(board: Board, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Seeds, twine, a spade. " * 100)
    refused(board("migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'notes.db'}"), "damaged", "not a database")
    away = f"postgresql://board:x@127.0.0.1:{find_port()}/board"
    for arguments in (["migrate"], ["serve", "--migrate"], ["user", "list"]):
        refused(board(*arguments, DATABASE_URL=away), "can't be reached")


def test_a_postgresql_that_refuses(board: Board, postgres_url: str) -> None:
    wrong = postgres_url.replace("board:", "board:wrong-", 1)
    refused(board("migrate", DATABASE_URL=wrong), "password authentication failed")
    refused(board("migrate", DATABASE_URL=postgres_url.rpartition("/")[0] + "/nowhere"), "does not exist")


def test_a_full_disk_at_the_first_start(board: Board, program: Board) -> None:
    """`ulimit -f` stands for it: no file may grow beyond 16 KiB."""
    refused(program("serve", before="ulimit -f 32"), "disk")
    status, said = board("migrate")
    assert status == 0, said


def test_sqlite_that_another_program_has_locked(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "TURN", 1)
    status, said = board("migrate")
    assert status == 0, said
    other = sqlite3.connect(tmp_path / "data" / "board.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE theirs (id)")
    refused(board("serve"), "Another program has locked the database")
    other.close()


def test_migrate_says_what_it_did(board: Board, tmp_path: Path) -> None:
    assert board("migrate", "0001") == (0, "The database had no tables. It is at 0001 now.\n")
    assert board("migrate") == (0, f"The database was at 0001. It is at {NEWEST} now.\n")
    assert board("migrate") == (0, f"The database is at {NEWEST}: there was nothing to do.\n")
    refused(board("migrate", "0001"), f"is at {NEWEST}", "0001 is older", "board migrate --back 0001")
    refused(board("migrate", "beyond"), "there is no revision 'beyond'", "0001", NEWEST)
    assert board("migrate", "--back", "0001") == (0, f"The database was at {NEWEST}. It is at 0001 now.\n")
    assert board("migrate", "--back", "base") == (0, "The database was at 0001. Its tables are gone.\n")


def test_a_database_that_is_newer_than_the_program(board: Board, tmp_path: Path) -> None:
    assert board("migrate")[0] == 0
    with sqlite3.connect(tmp_path / "data" / "board.db") as database:
        database.execute("UPDATE alembic_version SET version_num = 'beyond'")
    for arguments in (["serve"], ["migrate"], ["user", "list"]):
        refused(board(*arguments), "made by a newer version", "beyond")


def test_what_is_made_is_for_its_owner_only(program: Board, tmp_path: Path) -> None:
    for umask in ("000", "277"):
        data = tmp_path / umask
        data.mkdir()
        status, said = program("user", "list", before=f"umask {umask}", BOARD_DATA=str(data / "new"))
        assert status == 0, said
        assert read_modes(data) == {"new": 0o700, "new/board.db": 0o600}


def test_what_others_could_read_is_closed(board: Board, tmp_path: Path) -> None:
    assert board("user", "list")[0] == 0
    data = tmp_path / "data"
    (data / "secret_key").write_text(KEY)
    (data / "attachments").mkdir()
    for path in (data, *data.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    status, said = board("user", "list")
    assert status == 0, said
    expected = {"": 0o700, "board.db": 0o600, "secret_key": 0o600, "attachments": 0o700}
    assert read_modes(data) | {"": stat.S_IMODE(data.stat().st_mode)} == expected
    assert str(data / "board.db") in said
    (data / "somebody-elses").touch()
    data.chmod(0o755)
    status, said = board("user", "list")
    assert stat.S_IMODE(data.stat().st_mode) == 0o755, "it holds what is not ours"
    assert f"chmod 700 {data}" in said


def read_modes(folder: Path) -> dict[str, int]:
    """The rights of all that is in a folder, by path."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


def test_processes_that_start_at_once_on_one_empty_database(program: Board) -> None:
    """One migrates, the others wait; with SQLite, too."""
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: program("migrate"), range(3)))
    assert [status for status, _ in answers] == [0] * 3, answers
    did = sorted("had no tables" in said for _, said in answers)
    assert did == [False, False, True]


async def test_a_migration_waits_for_a_table_or_its_turn_and_not_for_ever(
    create_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await asyncio.to_thread(create_database)
    monkeypatch.setattr(migrate, "TURN", 1)
    async with holding(url, "SELECT pg_advisory_xact_lock(7305122018)"):
        with pytest.raises(DBAPIError) as caught:
            await asyncio.to_thread(upgrade, name_driver(url))
    assert "does not come to an end" in (describe(caught.value) or "")
