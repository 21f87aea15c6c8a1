"""What load balancers ask: alive, and fit to serve; a part that is away is named."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import make_url

from board.app import create_asgi
from board.config.settings import Profile, Settings, read_settings
from board.repository.migrate import upgrade_in_thread
from board.web import health
from tests.fixtures.process import find_port
from tests.gate import gate_to
from tests.integration.api.conftest import assert_problem
from tests.integration.conftest import BASE, PASSWORD, living, register


def with_parts(tmp_path: Path, database_url: str, redis_url: str = "") -> Settings:
    return read_settings(
        _env_file=None,
        profile=Profile.TESTING,
        data=tmp_path,
        database_url=database_url,
        redis_url=redis_url,
        secret_key="k" * 32,
    )


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of an application with these settings."""
    application = create_asgi(settings)
    async with living(application):
        transport = httpx2.ASGITransport(app=application, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
            yield client


async def test_all_is_well(http: httpx2.AsyncClient) -> None:
    alive, ready = await http.get("/healthz"), await http.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (
        200,
        {"status": "ok", "parts": {"database": "ok", "disk": "ok"}},
    )


AWAY = {"status": "unavailable", "parts": {"database": "away", "disk": "ok"}}


async def test_a_database_without_tables_can_serve_nobody_until_it_has_them(
    tmp_path: Path, unmigrated_url: str
) -> None:
    async with serving(with_parts(tmp_path, unmigrated_url)) as client:
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
        assert "without tables" in ready.json()["parts"]["database"]
        assert "board migrate" in ready.json()["parts"]["database"]
        body = {"email": "anna@example.org", "password": PASSWORD}
        refused = await client.post("/api/v1/session", json=body)
        assert_problem(refused, 503)
        assert "board migrate" in refused.json()["detail"]
        await upgrade_in_thread(unmigrated_url)
        assert (await client.get("/readyz")).json()["status"] == "ok"


@pytest.mark.parametrize(("revision", "status"), [("0001", 503), ("beyond", 200)])
async def test_an_older_database_can_serve_nobody_and_a_newer_one_is_named(
    tmp_path: Path, sqlite_url: str, revision: str, status: int
) -> None:
    """A migration only adds: while processes are updated one by one, the older ones go on."""
    with closing(sqlite3.connect(make_url(sqlite_url).database or "")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = ?", [revision])
    async with serving(with_parts(tmp_path, sqlite_url)) as client:
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["status"] == "degraded") == (status, status == 200)
        assert revision in ready.json()["parts"]["database"]


async def test_a_process_that_was_ready_stays_so_while_the_database_becomes_newer(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with serving(with_parts(tmp_path, sqlite_url)) as client:
        assert (await client.get("/readyz")).json()["status"] == "ok"
        with closing(sqlite3.connect(make_url(sqlite_url).database or "")) as database, database:
            database.execute("UPDATE alembic_version SET version_num = 'beyond'")
        assert (await client.get("/readyz")).json()["status"] == "ok"


async def test_while_the_database_is_away_it_is_alive_but_not_ready(
    tmp_path: Path, postgres_database_url: str
) -> None:
    async with gate_to(postgres_database_url) as gate, serving(with_parts(tmp_path, gate.url)) as client:
        assert (await client.get("/readyz")).status_code == 200
        await gate.shut()
        alive, ready = await client.get("/healthz"), await client.get("/readyz")
        assert (alive.status_code, ready.status_code, ready.json()) == (200, 503, AWAY)
        await gate.open()
        assert (await client.get("/readyz")).json()["status"] == "ok"


async def test_it_starts_while_the_database_is_away(tmp_path: Path, postgres_database_url: str) -> None:
    async with gate_to(postgres_database_url) as gate:
        await gate.shut()
        async with serving(with_parts(tmp_path, gate.url)) as client:
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()) == (503, AWAY)
            await gate.open()
            assert (await client.get("/readyz")).status_code == 200


async def test_a_database_that_says_nothing_is_away(
    tmp_path: Path, postgres_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "CHECK_TIMEOUT", 0.2)
    async with gate_to(postgres_database_url) as gate, serving(with_parts(tmp_path, gate.url)) as client:
        gate.silence()
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, AWAY)
        await gate.open()


async def test_requests_say_that_the_database_is_away_and_go_on_when_it_is_back(
    tmp_path: Path, postgres_database_url: str
) -> None:
    async with gate_to(postgres_database_url) as gate, serving(with_parts(tmp_path, gate.url)) as client:
        anna = await register(client, "Anna")
        await gate.shut()
        for method, path, body in (
            ("GET", "/boards", None),
            ("POST", "/boards", {"title": "Garden"}),
            ("POST", "/session", {"email": "anna@example.org", "password": PASSWORD}),
        ):
            answer = await client.request(method, f"/api/v1{path}", json=body)
            assert_problem(answer, 503)
            assert int(answer.headers["retry-after"]) > 0
        assert (await client.get("/")).status_code == 503
        await gate.open()
        await anna.post("/boards", {"title": "Garden"})
        assert len((await anna.get("/boards"))["items"]) == 1


async def test_without_redis_it_is_ready_but_degraded(tmp_path: Path, sqlite_url: str) -> None:
    settings = with_parts(tmp_path, sqlite_url, f"redis://127.0.0.1:{find_port()}")
    async with serving(settings) as client:
        ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "degraded", "parts": {"database": "ok", "disk": "ok", "redis": "away"}}


async def test_with_both_it_names_both(tmp_path: Path, sqlite_url: str, redis_url: str) -> None:
    async with serving(with_parts(tmp_path, sqlite_url, redis_url)) as client:
        for _ in range(200):
            ready = await client.get("/readyz")
            if ready.json()["status"] == "ok":
                break
            await asyncio.sleep(0.05)
    assert ready.json() == {"status": "ok", "parts": {"database": "ok", "disk": "ok", "redis": "ok"}}
