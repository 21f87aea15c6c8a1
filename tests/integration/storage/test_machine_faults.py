"""The machine fails for a while: the answer names the cause, nothing half-written stays, and all works again."""

import asyncio
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from sqlalchemy.exc import DBAPIError

from board.config.settings import Settings
from board.domain.errors import LockTimeout, NoSpace, Unavailable
from board.jobs import downloads
from board.repository import engine
from board.repository.database_errors import classify_database_error
from tests.integration.api.conftest import assert_problem
from tests.integration.conftest import Person

LARGE = bytes(2 * 1024 * 1024)
EXPORT = b'{"id": "5f0000000000000000000000", "name": "Garden", "lists": [], "cards": [], "pad": "%s"}'


@pytest.fixture
def settings(settings: Settings, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A SQLite file in the data folder, as by default; another program's lock is waited for only shortly."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 200)
    settings.data.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, settings.data / "board.db")
    return settings.model_copy(update={"database_url": ""})


@pytest.fixture
def database_url() -> str:
    """These tests are about the machine that the program runs on."""
    return ""


@contextmanager
def full(at: int = 1024 * 1024) -> Iterator[None]:
    """A disk without room, as far as this process can tell: no file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def make_place(person: Person) -> tuple[str, str]:
    """The ids of a board and of a task on it."""
    board = await person.post("/boards", {"title": "Garden"})
    column = await person.post(f"/boards/{board['id']}/columns", {"title": "To do"})
    task = await person.post(f"/boards/{board['id']}/tasks", {"column_id": column["id"], "title": "Dig"})
    return board["id"], task["id"]


async def upload(person: Person, path: str, content: bytes, **headers: str) -> httpx2.Response:
    return await person.http.post(path, files={"file": ("large.json", content)}, headers=headers)


async def test_a_full_disk_refuses_files_and_says_so(anna: Person, settings: Settings) -> None:
    _, task = await make_place(anna)
    path = f"/api/v1/tasks/{task}/attachments"
    with full():
        answer = await upload(anna, path, LARGE)
        assert_problem(answer, 507)
        assert "full" in answer.json()["detail"]
        assert int(answer.headers["retry-after"]) > 0
        answer = await upload(anna, "/api/v1/imports", EXPORT % LARGE.replace(b"\0", b"x"))
        assert_problem(answer, 507)
        page = await upload(anna, "/import", EXPORT % LARGE.replace(b"\0", b"x"), Accept="text/html")
        assert (page.status_code, "No space left" in page.text) == (507, True)
        assert files_in(settings.data / "attachments") == files_in(settings.data / "imports") == []
        await anna.patch(f"/tasks/{task}", {"title": "Small things have room"})
    assert (await upload(anna, path, LARGE)).status_code == 201
    assert len((await anna.get(f"/tasks/{task}/attachments"))["items"]) == 1


async def test_a_full_disk_refuses_changes_and_exports_and_lets_people_read(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MEMORY_MAX", 1000)
    board, task = await make_place(anna)
    await anna.patch(f"/tasks/{task}", {"description": "long " * 10_000})
    assert (await anna.http.get("/readyz")).json()["status"] == "ok"
    with full(4096):
        answer = await anna.http.patch(f"/api/v1/tasks/{task}", json={"title": "Plant"})
        assert answer.status_code in (503, 507), answer.text
        assert "disk" in answer.json()["detail"]
        assert_problem(await anna.http.get(f"/api/v1/boards/{board}/export"), 507)
        assert (await anna.http.get(f"/api/v1/boards/{board}/snapshot")).status_code == 200
        ready = await anna.http.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
        assert ready.json()["parts"] == {"database": "ok", "disk": "full"}
    assert (await anna.get(f"/tasks/{task}"))["title"] == "Dig"
    await anna.patch(f"/tasks/{task}", {"title": "Plant"})
    assert (await anna.http.get(f"/api/v1/boards/{board}/export")).status_code == 200
    assert (await anna.http.get("/readyz")).json()["status"] == "ok"


async def test_a_data_folder_that_is_gone_for_a_while(anna: Person, settings: Settings) -> None:
    """An unmounted disk: nothing is written beside it, and no empty database is begun."""
    board, task = await make_place(anna)
    away = settings.data.with_name("away")
    settings.data.rename(away)
    for answer in (
        await anna.http.get(f"/api/v1/boards/{board}"),
        await anna.http.patch(f"/api/v1/tasks/{task}", json={"title": "Lost"}),
        await upload(anna, f"/api/v1/tasks/{task}/attachments", b"1"),
        await anna.http.get("/"),
    ):
        assert answer.status_code == 503, answer.text
        assert "data folder" in answer.text
    ready = await anna.http.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["disk"]) == (503, "away")
    assert not settings.data.exists()
    away.rename(settings.data)
    await anna.patch(f"/tasks/{task}", {"title": "Found"})
    assert (await anna.http.get("/readyz")).status_code == 200


@pytest.mark.parametrize("name", ["attachments", "imports", "exports"])
async def test_a_file_in_the_place_of_a_folder(anna: Person, settings: Settings, name: str) -> None:
    board, task = await make_place(anna)
    (settings.data / name).touch()
    ask = {
        "attachments": upload(anna, f"/api/v1/tasks/{task}/attachments", b"1"),
        "imports": upload(anna, "/api/v1/imports", b"{}"),
        "exports": anna.http.get(f"/api/v1/boards/{board}/export"),
    }
    chosen = ask.pop(name)
    for other in ask.values():
        other.close()
    assert_problem(await chosen, 503)


async def test_too_many_open_files(anna: Person, settings: Settings) -> None:
    _, task = await make_place(anna)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        answer = await upload(anna, f"/api/v1/tasks/{task}/attachments", b"1")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert_problem(answer, 503)
    assert (await upload(anna, f"/api/v1/tasks/{task}/attachments", b"1")).status_code == 201


async def test_sqlite_that_another_program_has_locked(anna: Person, settings: Settings) -> None:
    board, task = await make_place(anna)
    with closing(sqlite3.connect(settings.data / "board.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = await asyncio.gather(
            *(anna.http.patch(f"/api/v1/tasks/{task}", json={"title": str(number)}) for number in range(60))
        )
        for answer in answers:
            assert_problem(answer, 503)
            assert "Another program has locked the database" in answer.json()["detail"]
            assert int(answer.headers["retry-after"]) > 0
        assert (await anna.http.get(f"/api/v1/boards/{board}")).status_code == 200
    await anna.patch(f"/tasks/{task}", {"title": "Free"})


def broken(path: Path, *statements: str) -> Any:
    """The error that SQLite raises at the last of some statements."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements[:-1]:
            database.execute(statement)
        with pytest.raises(sqlite3.Error) as caught:
            database.execute(statements[-1])
    return DBAPIError(statements[-1], {}, caught.value)


def test_what_sqlite_says(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    large = "INSERT INTO a VALUES (zeroblob(1000000))"
    error = broken(path, "CREATE TABLE a (a)", "PRAGMA max_page_count = 10", large)
    assert classify_database_error(error)[0] is NoSpace  # type: ignore[index]
    assert classify_database_error(broken(path, "PRAGMA query_only = ON", large))[0] is Unavailable  # type: ignore[index]
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"x" * 4096)
    assert "damaged" in classify_database_error(broken(path, "SELECT * FROM a"))[1]  # type: ignore[index]
    assert "board migrate" in classify_database_error(broken(path, "SELECT * FROM b"))[1]  # type: ignore[index]
    assert classify_database_error(broken(path, "SELECT nonsense(")) is None


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (asyncpg.DiskFullError, NoSpace, "full"),
        (asyncpg.ReadOnlySQLTransactionError, Unavailable, "only be read"),
        (asyncpg.TooManyConnectionsError, Unavailable, "no more connections"),
        (asyncpg.AdminShutdownError, Unavailable, "can't be reached"),
        (asyncpg.CannotConnectNowError, Unavailable, "can't be reached"),
        (asyncpg.LockNotAvailableError, LockTimeout, "Somebody else"),
        (asyncpg.QueryCanceledError, Unavailable, "too long"),
        (asyncpg.DataCorruptedError, Unavailable, "damaged"),
        (asyncpg.UndefinedTableError, Unavailable, "board migrate"),
    ],
)
def test_what_postgresql_says(error: Any, kind: type[Unavailable], words: str) -> None:
    found = classify_database_error(error("as it says"))
    assert found is not None
    assert found[0] is kind
    assert words in found[1]
