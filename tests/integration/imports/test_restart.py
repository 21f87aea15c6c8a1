"""A server that is killed while it imports, and files that are gone or left behind."""

import asyncio
import io
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from board.domain.ids import new_id, now
from board.jobs.imports import ImportJobs
from board.jobs.uploads import ORPHAN, Uploads
from board.repository.tables import imports as table
from tests.fixtures.server import Server
from tests.integration.conftest import Person, register
from tests.integration.imports.exports import (
    by_title,
    follow,
    garden,
    large,
    left_behind,
    snapshot,
    titles,
    upload,
)
from tests.replica import read_log

CARDS = 2500


@pytest.fixture
def jobs(asgi: Any) -> ImportJobs:
    """The background work of the application under test."""
    found: ImportJobs = asgi.app.app.extensions["board"].imports
    return found


async def test_a_killed_server_ends_the_import_after_its_start(
    start_server: Callable[..., Server], database_url: str
) -> None:
    key = "a key for tests only, 32 characters or more"
    server = await asyncio.to_thread(start_server, DATABASE_URL=database_url, SECRET_KEY=key)
    export = large(CARDS, comments=1000, each=2)
    async with httpx2.AsyncClient(base_url=server.url, trust_env=False) as client:
        anna = await register(client, "Anna")
        run = await upload(anna, export)
        while (await anna.get(f"/imports/{run['id']}"))["report"]["came"].get("task", 0) < 400:
            assert server.running
        server.kill()
        await asyncio.to_thread(server.start)

        ended = await follow(anna, run)
        board = await snapshot(anna, ended["board_id"])
        events = await read_log(anna, ended["board_id"])
    assert ended["status"] == "done", ended
    came = ended["report"]["came"]
    assert (came["task"], came["comment"], came["item"]) == (CARDS, 1000, CARDS // 10 * 2)
    assert ended["report"]["known"] == {}
    assert len(board["tasks"]) == len({task["number"] for task in board["tasks"]}) == CARDS
    assert sum(task["comment_count"] for task in board["tasks"]) == 1000
    assert [event["seq"] for event in events] == list(range(1, board["seq"] + 1))
    column = by_title(board["columns"])["List 2"]
    cards = [card for card in export["cards"] if card["idList"] == export["lists"][2]["id"]]
    inside = [task for task in board["tasks"] if task["column_id"] == column["id"]]
    assert titles(inside) == [card["name"] for card in sorted(cards, key=lambda card: card["pos"])]
    assert await left_behind(server.data / "imports") == []


async def test_an_import_whose_file_is_gone_fails_with_a_sentence(
    anna: Person, jobs: ImportJobs, asgi: Any
) -> None:
    run = await waiting(anna, jobs)
    jobs.uploads.remove(run["id"])
    await be_quiet(asgi, run["id"])
    await jobs.resume()
    ended = await follow(anna, run)
    assert ended["status"] == "failed"
    assert ended["error"].startswith("The uploaded file is gone")


async def test_an_import_that_runs_elsewhere_is_left_alone(anna: Person, jobs: ImportJobs) -> None:
    run = await waiting(anna, jobs)
    held = Uploads(jobs.uploads.folder).claim(run["id"])
    assert held is not None
    with held:
        await jobs.resume()
        await asyncio.gather(*jobs._tasks)
        assert (await anna.get(f"/imports/{run['id']}"))["status"] == "queued"
        assert jobs.uploads.path(run["id"]).exists()
    await jobs.resume()
    assert (await follow(anna, run))["status"] == "done"


async def test_a_file_without_a_sign_of_life_for_a_moment_is_no_reason_to_fail(
    anna: Person, jobs: ImportJobs
) -> None:
    run = await waiting(anna, jobs)
    jobs.uploads.remove(run["id"])
    await jobs.resume()
    await asyncio.sleep(0.1)
    assert (await anna.get(f"/imports/{run['id']}"))["status"] == "queued"


async def test_an_import_that_has_ended_is_not_run_again(anna: Person, jobs: ImportJobs) -> None:
    run = await follow(anna, await upload(anna, garden()))
    await asyncio.gather(*jobs._tasks)
    await anna.delete(f"/boards/{run['board_id']}")
    with jobs.uploads.path(run["id"]).open("wb") as file:
        file.write(b"[]")
    jobs.start(run["id"])
    await asyncio.gather(*jobs._tasks)
    assert (await anna.get(f"/imports/{run['id']}"))["status"] == "done"
    assert (await anna.get("/boards"))["items"] == []


def test_what_an_upload_left_behind_is_swept(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    ids = {name: new_id() for name in ("old", "young", "wanted", "gone")}
    for name in ("old", "young", "wanted"):
        uploads.keep(ids[name], io.BytesIO(b"{}"))
    long_ago = time.time() - 2 * ORPHAN
    for name in ("old", "wanted"):
        os.utime(uploads.path(ids[name]), (long_ago, long_ago))
    assert uploads.sweep([ids["wanted"], ids["gone"]]) == {ids["wanted"]}
    assert [name for name, id in ids.items() if uploads.path(id).exists()] == ["young", "wanted"]


async def waiting(anna: Person, jobs: ImportJobs) -> dict[str, Any]:
    """An import that was accepted by a server that stopped before its turn."""
    async with jobs._one_at_a_time:
        run = await upload(anna, garden())
        await jobs.stop()
    return run


async def be_quiet(asgi: Any, import_id: str) -> None:
    """Let it be long ago that somebody worked on an import."""
    engine = asgi.app.app.extensions["board"].engine
    async with engine.begin() as connection:
        long_ago = now() - timedelta(hours=1)
        await connection.execute(update(table).where(table.c.id == import_id).values(updated_at=long_ago))
