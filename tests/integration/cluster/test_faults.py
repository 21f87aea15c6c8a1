"""Everything breaks while twenty people write: what was acknowledged is there once, and every replica ends equal."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import pytest
import redis
from playwright.async_api import Page

from tests.fixtures.browser import Console
from tests.fixtures.cluster import Cluster
from tests.fixtures.wire import Wire
from tests.integration.cluster.conftest import wait_for
from tests.integration.cluster.people import Person
from tests.integration.cluster.test_deploy import check_log, read_log, recruit, sorted_by_id, writing
from tests.integration.cluster.viewer import Viewer
from tests.integration.cluster.window import EXPECTED_NOISE, WHOLE, expect_equal, open_window

pytestmark = pytest.mark.xdist_group("cluster")

BREATH = 1.0
"""Seconds between two faults, in which a little of everything gets through."""


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Wire]:
    """A bad line between a viewer and nginx."""
    wire = Wire(urlsplit(cluster.url).port or 0)
    yield wire
    wire.close()
    cluster.wire.rewrite = lose(0)


def lose(probability: float) -> Callable[[bytes], bytes]:
    """On the way to Redis, send a message to a channel that nobody hears, now and then."""

    def rewrite(piece: bytes) -> bytes:
        if random.random() < probability:
            return piece.replace(b"PUBLISH\r\n$9\r\nboard:bus", b"PUBLISH\r\n$9\r\nboard:nil")
        return piece

    return rewrite


async def kill_each(cluster: Cluster, _line: Wire) -> None:
    """A power cut at one process after the other."""
    for process in cluster.processes:
        process.kill()
        await asyncio.sleep(BREATH)
        await asyncio.to_thread(process.start)


async def restart_redis(cluster: Cluster, _line: Wire) -> None:
    """Redis forgets everybody."""
    await asyncio.to_thread(cluster.redis.restart)


async def restart_postgres(cluster: Cluster, _line: Wire) -> None:
    """The database is away for a while."""
    await asyncio.to_thread(cluster.postgres.stop)
    await asyncio.sleep(BREATH)
    await asyncio.to_thread(cluster.postgres.start)


async def kill_postgres(cluster: Cluster, _line: Wire) -> None:
    """The database crashes, and recovers from its log."""
    await asyncio.to_thread(cluster.postgres.kill)
    await asyncio.to_thread(cluster.postgres.start)


async def lose_messages(cluster: Cluster, _line: Wire) -> None:
    """Half of what is published is lost, and noise comes instead."""
    cluster.wire.rewrite = lose(0.5)
    with redis.Redis.from_url(cluster.redis_url) as client:
        for _ in range(12):
            client.publish("board:bus", b"events 0 {")
            await asyncio.sleep(0.15)
    cluster.wire.rewrite = lose(0)


async def slow_redis(cluster: Cluster, _line: Wire) -> None:
    """Messages come late, and overtake nothing but the log."""
    cluster.wire.delay = 0.3
    await asyncio.sleep(2)
    cluster.wire.delay = 0


async def hang_redis(cluster: Cluster, _line: Wire) -> None:
    """Redis says nothing, and nobody says that it is gone."""
    cluster.wire.stall()
    await asyncio.sleep(5)
    cluster.wire.flow()
    cluster.wire.cut()


async def break_line(_cluster: Cluster, line: Wire) -> None:
    """A viewer's network is slow, then silent, then gone, again and again."""
    for _ in range(3):
        line.delay = 0.2
        await asyncio.sleep(0.5)
        line.stall()
        await asyncio.sleep(0.5)
        line.cut()
        line.flow()
        line.delay = 0
        await asyncio.sleep(0.5)


FAULTS = [
    kill_each,
    restart_redis,
    restart_postgres,
    lose_messages,
    break_line,
    slow_redis,
    hang_redis,
    kill_postgres,
]


@asynccontextmanager
async def watching(cluster: Cluster, line: Wire, person: Person, board: str) -> AsyncIterator[list[Viewer]]:
    """Two viewers beside the window, one of them over the bad line."""
    urls = [cluster.url, f"http://127.0.0.1:{line.port}"]
    async with AsyncExitStack() as stack:
        viewers = [await stack.enter_async_context(Viewer(url, person, board)) for url in urls]
        await wait_for(lambda: all(viewer.joined for viewer in viewers))
        yield viewers


@pytest.mark.timeout(240)
async def test_no_edit_is_ever_lost(
    cluster: Cluster,
    line: Wire,
    sign_up: Callable[..., Awaitable[Person]],
    new_page: Callable[..., Awaitable[Page]],
    console: Console,
) -> None:
    console.allow(EXPECTED_NOISE)
    anna, page = await sign_up("Anna"), await new_page(WHOLE)
    board = (await anna.change("POST", "/boards", {"title": "Storm"}))["id"]
    await open_window(page, cluster, anna, board)
    async with AsyncExitStack() as stack:
        writers = await recruit(stack, cluster, anna, 20)
        viewers = await stack.enter_async_context(watching(cluster, line, anna, board))
        async with writing(writers, board, 1.5):
            for fault in FAULTS:
                await fault(cluster, line)
                await asyncio.sleep(BREATH)
        cluster.wire.rewrite = lose(1)
        await anna.change("PATCH", f"/boards/{board}", {"title": "Only the head tells of this"})
        events = await read_log(anna, board)
        check_log(events, [anna, *writers])
        await wait_for(lambda: all(viewer.seq == len(events) for viewer in viewers), 40)
        truth = await anna.read(f"/boards/{board}/snapshot")
        for viewer in viewers:
            assert viewer.as_snapshot() == sorted_by_id(truth)
            assert viewer.snapshots == 1, "a viewer had to load anew"
        await expect_equal(page, truth["tasks"])
    assert sum(len(writer.retried) for writer in writers) > 0, "nothing broke"
