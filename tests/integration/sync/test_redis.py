"""Two applications on one PostgreSQL and one Redis, and what becomes of both when Redis goes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from board.app import create_asgi
from board.config.settings import Profile, read_settings
from board.realtime import redis_bus
from board.realtime.heartbeat import beat
from tests.gate import Gate, gate_to
from tests.integration.conftest import BASE, Person, living, on_port, register
from tests.integration.sync.conftest import make_token
from tests.listener import PATIENCE, Listener, listening


@dataclass(frozen=True)
class Pair:
    """Anna at one application, listeners at both, and the gate to the Redis between them."""

    gate: Gate
    anna: Person
    board: str
    near: Listener
    far: Listener
    buses: list[Any]
    far_parts: Any

    async def rename(self, title: str) -> int:
        """Change the board at the near application; the seq of the change."""
        return int((await self.anna.patch(f"/boards/{self.board}", {"title": title}))["seq"])

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():  # noqa: ASYNC110 - the application has no event to wait for
                await asyncio.sleep(0.02)

    async def until_listening(self) -> None:
        """Wait until both hear what is published."""
        await self.until(lambda: all(bus._listening for bus in self.buses))

    async def until_deaf(self) -> None:
        """Wait until both have noticed that Redis is away."""
        await self.until(lambda: not any(bus._listening for bus in self.buses))


@asynccontextmanager
async def application(database_url: str, redis_url: str, data: Path) -> AsyncIterator[tuple[Any, str]]:
    """One process' worth of the application: its parts and its URL."""
    settings = read_settings(
        _env_file=None,
        profile=Profile.TESTING,
        data=data,
        database_url=database_url,
        redis_url=redis_url,
        secret_key="k" * 32,
    )
    asgi: Any = create_asgi(settings)
    async with living(asgi), on_port(asgi) as url:
        yield asgi, url


@pytest.fixture
async def pair(
    postgres_database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Pair]:
    monkeypatch.setattr(redis_bus, "TIMEOUT", 0.5)
    monkeypatch.setattr(redis_bus, "PING_AFTER", 0.5)
    monkeypatch.setattr(redis_bus, "RETRY_LAST", 0.1)
    async with (
        gate_to(redis_url) as gate,
        application(postgres_database_url, gate.url, tmp_path / "near") as (near, near_url),
        application(postgres_database_url, gate.url, tmp_path / "far") as (far, far_url),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=near), base_url=BASE) as client,
    ):
        anna = await register(client, "Anna")
        board = (await anna.post("/boards", {"title": "Garden"}))["id"]
        token = (await make_token(anna))["token"]
        parts = [one.app.app.extensions["board"] for one in (near, far)]
        async with listening(near_url, token) as here, listening(far_url, token) as there:
            await here.join(board, 1)
            await there.join(board, 1)
            made = Pair(gate, anna, board, here, there, [one.bus for one in parts], parts[1])
            await made.until_listening()
            yield made


async def test_a_change_through_one_reaches_the_sockets_of_the_other(pair: Pair) -> None:
    for title in "ABC":
        seq = await pair.rename(title)
    for listener in (pair.far, pair.near):
        await listener.wait_for_seq(seq)
        assert listener.seqs == [2, 3, 4]


@pytest.mark.parametrize("fault", ["shut", "silent"])
async def test_without_redis_everybody_works_on(pair: Pair, fault: str) -> None:
    if fault == "shut":
        await pair.gate.shut()
    else:
        pair.gate.silence()
    seq = await pair.rename("A")
    await pair.near.wait_for_seq(seq)
    await pair.until_deaf()
    again = await pair.rename("B")
    await pair.near.wait_for_seq(again)
    assert (await pair.anna.get(f"/boards/{pair.board}"))["title"] == "B"

    await beat(pair.far_parts.store, pair.far_parts.rooms, pair.far_parts.connections)
    assert (await pair.far.wait("board:head"))[-1]["seq"] == again
    missed = await pair.far.ask("board:sync", {"board": pair.board, "after": 1})
    assert [event["seq"] for event in missed["events"]] == [2, 3]

    await pair.gate.open()
    await pair.until_listening()
    last = await pair.rename("C")
    await pair.far.wait_for_seq(last)
    await pair.near.wait_for_seq(last)


async def test_a_removal_that_redis_lost_is_found_by_the_next_beat(pair: Pair) -> None:
    await pair.gate.shut()
    await pair.until_deaf()
    await pair.anna.delete(f"/boards/{pair.board}")
    await beat(pair.far_parts.store, pair.far_parts.rooms, pair.far_parts.connections)
    assert (await pair.far.wait("board:revoked"))[0]["board"] == pair.board


async def test_outages_leave_nothing_behind(pair: Pair) -> None:
    async def cycle() -> tuple[int, int]:
        await pair.gate.shut()
        await pair.until_deaf()
        await pair.rename("A")
        await pair.gate.open()
        await pair.until_listening()
        seq = await pair.rename("B")
        await pair.far.wait_for_seq(seq)
        return len(asyncio.all_tasks()), pair.gate.connections

    first = await cycle()
    for _ in range(4):
        last = await cycle()
    assert last[0] <= first[0] + 4
    assert last[1] <= max(first[1], 4)


async def test_a_cancelled_command_leaves_no_reply_to_the_next(redis_url: str) -> None:
    """CVE-2023-28858: the reply of a command that was cancelled went to whoever asked next."""
    async with gate_to(redis_url) as gate:
        client = redis_bus._connect(gate.url, retries=1)
        for number in range(10):
            assert await client.echo("warm") == b"warm"
            gate.silence()
            lost = asyncio.create_task(client.echo(f"lost {number}"))
            await asyncio.sleep(0.01)
            lost.cancel()
            await asyncio.gather(lost, return_exceptions=True)
            await gate.open()
            assert await client.echo(f"mine {number}") == f"mine {number}".encode()
        await client.aclose()
