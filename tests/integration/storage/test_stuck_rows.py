"""Somebody holds a board's row and never lets go: that board's changes are refused, and nothing else waits."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx2
import pytest

from board.app import create_asgi
from board.config.settings import Settings
from board.repository import database_errors
from tests.fixtures.server import Server
from tests.gate import gate_to
from tests.integration.api.conftest import assert_problem
from tests.integration.conftest import BASE, Person, SignUp, living, register

POOL = 5
"""Connections that the process keeps; it may have twice as many."""

CROWD = 8 * POOL
"""More changes than the process may have connections."""


@pytest.fixture
def database_url(postgres_database_url: str) -> str:
    """These tests are about PostgreSQL: on SQLite there is one writer."""
    return postgres_database_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A small pool."""
    return settings.model_copy(update={"pool_size": POOL})


def plain(url: str) -> str:
    return url.replace("+asyncpg", "")


@asynccontextmanager
async def holding(url: str, statement: str, *values: Any) -> AsyncIterator[None]:
    """A transaction of somebody else's that has run a statement and does nothing more."""
    connection = await asyncpg.connect(plain(url))
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(statement, *values)
    try:
        yield
    finally:
        await transaction.rollback()
        await connection.close()


ROW = "SELECT FROM boards WHERE id = $1 FOR UPDATE"


async def make_board(person: Person, title: str, tasks: int = 1) -> tuple[str, list[str]]:
    """The ids of a board and of tasks on it."""
    board = await person.post("/boards", {"title": title})
    column = await person.post(f"/boards/{board['id']}/columns", {"title": "To do"})
    draft = {"column_id": column["id"], "title": "Dig"}
    made = [await person.post(f"/boards/{board['id']}/tasks", draft) for _ in range(tasks)]
    return board["id"], [task["id"] for task in made]


async def patch(person: Person, task: str) -> httpx2.Response:
    return await person.http.patch(f"/api/v1/tasks/{task}", json={"title": "Plant"})


async def test_other_boards_are_answered_while_one_is_stuck(anna: Person, database_url: str) -> None:
    board, stuck = await make_board(anna, "Stuck", CROWD)
    _, free = await make_board(anna, "Free", CROWD)
    async with holding(database_url, ROW, board):
        waiting = [asyncio.create_task(patch(anna, task)) for task in stuck]
        await asyncio.sleep(0)
        answers = await asyncio.gather(*(patch(anna, task) for task in free))
        assert [answer.status_code for answer in answers] == [200] * CROWD
        assert await anna.get(f"/boards/{board}/snapshot"), "it can be read all the same"
        assert (await anna.http.get("/readyz")).status_code == 200
        for answer in await asyncio.gather(*waiting):
            assert_problem(answer, 503)
            assert int(answer.headers["retry-after"]) > 0
        assert_problem(await patch(anna, stuck[0]), 503)
    assert [(await patch(anna, task)).status_code for task in stuck[:3]] == [200] * 3


async def test_who_changes_several_boards_waits_for_a_stuck_one_no_longer(
    anna: Person, ben: Person, sign_up: SignUp, database_url: str
) -> None:
    """A person's new name is told on each board they are on, and their account is locked meanwhile."""
    board, _ = await make_board(anna, "Stuck")
    _, (free,) = await make_board(ben, "Free")
    crew = [await sign_up(f"Guest{number}") for number in range(POOL * 2)]
    for person in crew:
        await anna.post(f"/boards/{board}/members", {"user_id": person.id, "role": "viewer"})
    async with holding(database_url, ROW, board):
        renames = [
            asyncio.create_task(person.http.patch("/api/v1/me", json={"name": f"Somebody {number}"}))
            for number, person in enumerate([*[anna] * CROWD, *crew])
        ]
        await asyncio.sleep(0)
        for _ in range(10):
            assert (await patch(ben, free)).status_code == 200
        answers = await asyncio.gather(*renames)
        assert {answer.status_code for answer in answers} == {503}
    await anna.patch("/me", {"name": "Anne"})


async def test_whoever_waits_for_the_first_attempt_of_a_retry_is_told(
    anna: Person, database_url: str
) -> None:
    """The lock of an idempotency key is waited for, and not for ever."""
    key = f"SELECT pg_advisory_xact_lock(hashtextextended('{anna.id} once', 0))"
    async with holding(database_url, key):
        draft, headers = {"title": "Garden"}, {"Idempotency-Key": "once"}
        answer = await anna.http.post("/api/v1/boards", json=draft, headers=headers)
    assert_problem(answer, 503)


async def one_waits(url: str) -> None:
    """Return when somebody waits for a lock."""
    connection = await asyncpg.connect(plain(url))
    try:
        query = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')"
        while not await connection.fetchval(query):  # noqa: ASYNC110 - what is waited for is in another program
            await asyncio.sleep(0.02)
    finally:
        await connection.close()


async def test_a_process_that_is_stopped_in_a_transaction_costs_its_board_seconds(
    anna: Person, settings: Settings, start_server: Callable[..., Server]
) -> None:
    _, (task,) = await make_board(anna, "Stuck")
    _, (free,) = await make_board(anna, "Free")
    key = settings.secret_key.get_secret_value()
    url = settings.database_url
    server = await asyncio.to_thread(start_server, DATABASE_URL=url, SECRET_KEY=key)
    cookies = {cookie.name: cookie.value for cookie in anna.http.cookies.jar}
    headers = {"X-CSRFToken": anna.http.headers["X-CSRFToken"]}
    async with httpx2.AsyncClient(
        base_url=server.url, cookies=cookies, headers=headers, timeout=120
    ) as there:
        async with holding(url, "SELECT FROM tasks WHERE id = $1 FOR UPDATE", task):
            change = asyncio.create_task(there.patch(f"/api/v1/tasks/{task}", json={"title": "Dig deep"}))
            await one_waits(url)
            server.send(signal.SIGSTOP)
        try:
            assert_problem(await patch(anna, task), 503)
            assert (await patch(anna, free)).status_code == 200
            async with asyncio.timeout(60):
                while (await patch(anna, task)).status_code != 200:
                    assert (await patch(anna, free)).status_code == 200
                    await asyncio.sleep(0.5)
        finally:
            server.send(signal.SIGCONT)
        assert (await change).status_code == 503, "its transaction was ended, and it knows"
        again = await there.patch(f"/api/v1/tasks/{task}", json={"title": "Dig deep"})
        assert again.status_code == 200, again.text


async def test_a_database_that_says_nothing_more_is_given_up(
    anna: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes what is sent and never answers, as one does whose processes are stopped."""
    monkeypatch.setattr(database_errors, "TRANSACTION_SECONDS", 1.0)
    async with gate_to(settings.database_url) as gate:
        application = create_asgi(settings.model_copy(update={"database_url": gate.url}))
        transport = httpx2.ASGITransport(app=application, raise_app_exceptions=False)
        async with living(application), httpx2.AsyncClient(transport=transport, base_url=BASE) as http:
            ben = await register(http, "Ben")
            gate.silence()
            assert_problem(await ben.http.get("/api/v1/boards"), 503)
            assert_problem(await ben.http.post("/api/v1/boards", json={"title": "Garden"}), 503)
            await gate.open()
            assert (await ben.http.get("/api/v1/boards")).status_code == 200
