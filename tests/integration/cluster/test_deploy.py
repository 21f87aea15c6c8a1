"""A process ends and another begins while people work: they are sent on, and see no error."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
import pytest

from tests.fixtures.cluster import Cluster
from tests.fixtures.server import Server
from tests.integration.cluster.conftest import wait_for
from tests.integration.cluster.people import Person, register
from tests.integration.cluster.viewer import Viewer
from tests.listener import listening

pytestmark = pytest.mark.xdist_group("cluster")


async def read_log(person: Person, board: str) -> list[dict[str, Any]]:
    """Every event of a board."""
    events: list[dict[str, Any]] = []
    while True:
        page = await person.read(f"/boards/{board}/events?after={len(events)}&limit=1000")
        events += page["events"]
        if not page["more"]:
            return events


def check_log(events: list[dict[str, Any]], writers: list[Person]) -> None:
    """The log has no gap, and each acknowledged change in it exactly once."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    times = Counter(event["mutation"] for event in events)
    acknowledged = [key for writer in writers for key in writer.acknowledged]
    assert acknowledged
    assert {key: times[key] for key in acknowledged if times[key] != 1} == {}


@asynccontextmanager
async def writing(writers: list[Person], board: str, pause: float) -> AsyncIterator[None]:
    """People who write, each in a column of their own, for as long as the block lasts."""
    ending = asyncio.Event()

    async def write(writer: Person) -> None:
        column = await writer.change("POST", f"/boards/{board}/columns", {"title": "Mine"})
        number = 0
        while not ending.is_set():
            number += 1
            draft = {"column_id": column["id"], "title": f"Task {number}"}
            task = await writer.change("POST", f"/boards/{board}/tasks", draft)
            await writer.change("PATCH", f"/tasks/{task['id']}", {"description": "Seen to"})
            await writer.change("POST", f"/tasks/{task['id']}/comments", {"body": "Done"})
            if number % 4:
                await writer.change("DELETE", f"/tasks/{task['id']}")
            await asyncio.sleep(pause)

    async with asyncio.TaskGroup() as group:
        for writer in writers:
            group.create_task(write(writer))
        try:
            yield
        finally:
            ending.set()


async def recruit(
    stack: AsyncExitStack, cluster: Cluster, person: Person, count: int, url: str | None = None
) -> list[Person]:
    """Several browsers of one person, each with connections of its own."""
    options = {"base_url": url or cluster.url, "timeout": 30}
    clients = [await stack.enter_async_context(httpx2.AsyncClient(**options)) for _ in range(count)]
    return [Person(client, person.token) for client in clients]


async def test_a_process_that_is_told_to_end_does_so_in_order(cluster: Cluster, anna: Person) -> None:
    process = cluster.processes[0]
    async with (
        AsyncExitStack() as stack,
        httpx2.AsyncClient(base_url=process.url) as http,
    ):
        opened = [await stack.enter_async_context(listening(process.url, anna.token)) for _ in range(20)]
        process.send(signal.SIGTERM)
        said = await http.get("/readyz")
        while said.status_code == 200:
            said = await http.get("/readyz")
        assert (said.status_code, said.json()["status"]) == (503, "leaving")
        assert (await http.get("/healthz")).status_code == 200
        for listener in opened:
            await listener.wait("disconnect")
        told = [listener.all("server:restarting")[0]["after_ms"] for listener in opened]
        status = await asyncio.to_thread(process.wait)
    assert status == 0
    assert all(0 <= after < 2000 for after in told)
    assert len(set(told)) > 10, "everybody was told to come back at the same moment"
    await asyncio.to_thread(process.start)


async def test_a_lone_process_ends_in_order_with_sockets_open(start_server: Callable[..., Server]) -> None:
    server = await asyncio.to_thread(start_server)
    async with httpx2.AsyncClient(base_url=server.url) as http:
        anna = await register(http, "Anna")
        async with listening(server.url, anna.token) as listener:
            assert await asyncio.to_thread(server.terminate) == 0
            await listener.wait("server:restarting")


async def test_a_rolling_restart_under_load_loses_nothing_and_shows_no_error(
    cluster: Cluster, sign_up: Callable[..., Awaitable[Person]]
) -> None:
    anna = await sign_up("Anna")
    board = (await anna.change("POST", "/boards", {"title": "Rolling"}))["id"]
    async with AsyncExitStack() as stack:
        writers = await recruit(stack, cluster, anna, 8)
        viewers = [await stack.enter_async_context(Viewer(cluster.url, anna, board)) for _ in range(4)]
        await wait_for(lambda: all(viewer.joined for viewer in viewers))
        async with writing(writers, board, 0.1):
            for process in cluster.processes:
                await asyncio.sleep(1)
                await asyncio.to_thread(process.restart)
        events = await read_log(anna, board)
        await wait_for(lambda: all(viewer.seq == len(events) for viewer in viewers))
        truth = await anna.read(f"/boards/{board}/snapshot")
        for viewer in viewers:
            assert viewer.as_snapshot() == sorted_by_id(truth)
            assert viewer.snapshots == 1, "a restart cost a new snapshot"
            assert viewer.heard["server:restarting"] >= 1
    check_log(events, writers)
    assert [writer.retried for writer in writers if writer.retried] == [], "somebody saw an error"


def sorted_by_id(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot as a viewer shows its replica."""
    return {
        name: sorted(value, key=lambda thing: thing["id"]) if isinstance(value, list) else value
        for name, value in snapshot.items()
    }
