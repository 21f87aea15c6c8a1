"""An older backup is put back and the board grows to where it was: the log has another name, all begin anew."""

import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from board.app import create_asgi
from board.config.settings import Profile, Settings, read_settings
from board.repository.log_marks import LogMarks
from tests.fixtures.postgres import FOLDERS
from tests.fixtures.process import find_program
from tests.integration.conftest import PASSWORD, UNLIMITED, Person, living, on_port, register
from tests.listener import listening

Restore = Callable[[], None]


def configure(url: str, data: Path) -> Settings:
    """Settings of a server with this database and this data folder."""
    key = "a key for tests only, 32 characters or more"
    more = {"data": data, "database_url": url, "secret_key": key, **UNLIMITED}
    return read_settings(_env_file=None, profile=Profile.TESTING, **more)


def back_up(settings: Settings, folder: Path) -> Restore:
    """A backup of the running server's database, by the database's own program; the answer puts it back."""
    url = settings.database
    if url.startswith("sqlite"):
        file, copy = Path(url.partition(":///")[2]), folder / "backup.db"
        with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        source.close()
        target.close()

        def put_back() -> None:
            for journal in ("-wal", "-shm"):
                file.with_name(file.name + journal).unlink(missing_ok=True)
            shutil.copyfile(copy, file)

        return put_back
    plain, dump = url.replace("+asyncpg", ""), folder / "backup.dump"
    pg_dump, pg_restore = (find_program(name, FOLDERS) for name in ("pg_dump", "pg_restore"))
    assert None not in (pg_dump, pg_restore), "install the programs of PostgreSQL's client"
    subprocess.run([pg_dump, "-Fc", "-f", dump, plain], check=True)
    command = [pg_restore, "--clean", "--if-exists", "--no-owner", "-d", plain, dump]
    return lambda: subprocess.run(command, check=True) and None


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[Any, Person, httpx2.AsyncClient]]:
    """A server on a port, and Anna, who is signed in if she has an account."""
    application = create_asgi(settings)
    async with living(application), on_port(application) as url, httpx2.AsyncClient(base_url=url) as http:
        signed_in = await http.post(
            "/api/v1/session", json={"email": "anna@example.org", "password": PASSWORD}
        )
        anna = (
            Person(http, signed_in.json()["user"]) if signed_in.is_success else await register(http, "Anna")
        )
        http.headers["X-CSRFToken"] = (await http.get("/api/v1/session")).json()["csrf_token"]
        yield application.app.app.extensions["board"], anna, http


async def rename(anna: Person, board: str, *titles: str) -> None:
    for title in titles:
        await anna.patch(f"/boards/{board}", {"title": title})


async def epoch_of(anna: Person, board: str) -> str:
    return str((await anna.get(f"/boards/{board}/snapshot"))["epoch"])


async def assert_begins_anew(
    anna: Person, http: httpx2.AsyncClient, old: dict[str, Any], mutation: str
) -> None:
    """A viewer who was at the seq that the board has now: whatever they know, they learn that it is another log."""
    board, seq = old["board"]["id"], old["seq"]
    assert (await anna.get(f"/boards/{board}"))["seq"] == seq
    assert await epoch_of(anna, board) != old["epoch"]
    for known in ({"epoch": old["epoch"]}, {"mutation": mutation}):
        answer = await http.get(f"/api/v1/boards/{board}/events", params={"after": seq, **known})
        assert answer.status_code == 409, known
    token = (await anna.post("/me/tokens", {"name": "x", "scopes": ["read"], "expires_in_days": 1}))["token"]
    async with listening(str(http.base_url).rstrip("/"), token) as viewer:
        plain = await viewer.join(board, seq)
        assert plain["epoch"] != old["epoch"]
        for known in ({"epoch": old["epoch"]}, {"mutation": mutation}):
            assert (await viewer.ask("board:sync", {"board": board, "after": seq, **known}))["reset"] is True
        await rename(anna, board, "Next")
        assert (await viewer.wait("board:events"))[-1]["epoch"] == plain["epoch"]


async def test_a_database_that_was_put_back_has_another_log(settings: Settings, tmp_path: Path) -> None:
    async with running(settings) as (_, anna, http):
        board = (await anna.post("/boards", {"title": "Plan"}))["id"]
        await rename(anna, board, "A", "B")
        put_back = back_up(settings, tmp_path)
        await rename(anna, board, "C", "D", "E")
        answer = await http.get(f"/api/v1/boards/{board}/snapshot")
        old, mutation = answer.json(), answer.headers["Board-Mutation"]
    async with running(settings) as (_, anna, _http):
        assert await epoch_of(anna, board) == old["epoch"], "an ordinary restart begins nothing anew"
    put_back()
    async with running(settings) as (_, anna, http):
        await rename(anna, board, "X", "Y", "Z")
        await assert_begins_anew(anna, http, old, mutation)
        renamed = await epoch_of(anna, board)
    async with running(settings) as (parts, anna, _http):
        assert await epoch_of(anna, board) == renamed
        assert await parts.restore_detector.check() is False


async def test_what_is_put_back_under_running_processes_is_noticed_by_one_and_told_by_all(
    postgres_database_url: str, tmp_path: Path
) -> None:
    settings = configure(postgres_database_url, tmp_path / "near")
    async with running(settings) as (parts, anna, http):
        board = (await anna.post("/boards", {"title": "Plan"}))["id"]
        async with running(configure(postgres_database_url, tmp_path / "far")) as (far, same, _):
            put_back = back_up(settings, tmp_path)
            await rename(anna, board, "C", "D")
            answer = await http.get(f"/api/v1/boards/{board}/snapshot")
            assert await epoch_of(same, board) == answer.json()["epoch"]
            for one in (parts, far):
                await one.engine.dispose()
            put_back()
            assert [await one.restore_detector.check() for one in (parts, far)] == [True, False]
            assert await epoch_of(same, board) == await epoch_of(anna, board)
        await rename(anna, board, "X", "Y")
        await assert_begins_anew(anna, http, answer.json(), answer.headers["Board-Mutation"])


async def test_a_data_folder_that_was_put_back_with_the_database_in_it_is_noticed(
    sqlite_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.move(sqlite_url.partition(":///")[2], data / "board.db")
    settings = configure(f"sqlite+aiosqlite:///{data}/board.db", data)
    async with running(settings) as (_, anna, http):
        board = (await anna.post("/boards", {"title": "Plan"}))["id"]
    shutil.copytree(data, tmp_path / "copy")
    async with running(settings) as (_, anna, http):
        await rename(anna, board, "A", "B")
        answer = await http.get(f"/api/v1/boards/{board}/snapshot")
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "copy", data)
    async with running(settings) as (_, anna, http):
        await rename(anna, board, "C", "D")
        await assert_begins_anew(anna, http, answer.json(), answer.headers["Board-Mutation"])


async def test_a_board_that_is_deleted_is_no_restore(settings: Settings) -> None:
    async with running(settings) as (_, anna, _http):
        kept = (await anna.post("/boards", {"title": "Kept"}))["id"]
        gone = (await anna.post("/boards", {"title": "Gone"}))["id"]
        epoch = await epoch_of(anna, kept)
        await anna.delete(f"/boards/{gone}")
    async with running(settings) as (parts, anna, _http):
        assert await epoch_of(anna, kept) == epoch
        assert await parts.restore_detector.check() is False


def test_a_folder_that_cant_be_written_stops_nothing(tmp_path: Path) -> None:
    marks = LogMarks(tmp_path / "a file")
    (tmp_path / "a file").write_text("")
    marks.active = True
    marks.clear()
    assert marks.read() is None
    assert not marks.active


def test_a_data_folder_that_was_removed_is_not_made_again(tmp_path: Path) -> None:
    marks = LogMarks(tmp_path / "data")
    marks.active = True
    marks.clear()
    assert not marks.active
    with pytest.raises(FileNotFoundError):
        marks.identity()
    assert not marks.origin.parent.exists()
