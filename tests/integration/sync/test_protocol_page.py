"""The client of docs/sync-protocol.md, as it is printed there, against a server."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from board.realtime.sockets import PAGE_SIZE
from tests.integration.conftest import Person
from tests.integration.sync.conftest import make_token

PAGE_OF_PROTOCOL = Path(__file__).parents[3] / "docs" / "sync-protocol.md"
LISTS = ("columns", "tasks", "labels", "members", "teams")
PATIENCE = 60


def read_example() -> dict[str, Any]:
    """Return what the page's Python defines."""
    [source] = re.findall(r"```python\n(.*?)```", PAGE_OF_PROTOCOL.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(source, str(PAGE_OF_PROTOCOL), "exec"), names)
    return names


class Replicas:
    """Clients of the page; `until` waits for one to reach a seq."""

    def __init__(self, url: str, board: str, stack: AsyncExitStack) -> None:
        self.url, self.board, self.stack = url, board, stack
        self.moved = asyncio.Event()

    async def open(self, person: Person) -> Any:
        token = (await make_token(person))["token"]
        replica = read_example()["Replica"](self.url, token, self.board, lambda _: self.moved.set())
        self.stack.push_async_callback(replica.close)
        await replica.start()
        return replica

    async def until(self, replica: Any, seq: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while replica.seq < seq:
                self.moved.clear()
                await self.moved.wait()


@pytest.fixture
async def replicas(live_url: str, board: str) -> AsyncIterator[Replicas]:
    async with AsyncExitStack() as stack:
        yield Replicas(live_url, board, stack)


async def find_snapshot(person: Person, board: str) -> dict[str, Any]:
    """Return the things of a new snapshot by kind and id."""
    answer = await person.http.get(f"/api/v1/boards/{board}/snapshot")
    return {name: {thing["id"]: thing for thing in answer.json()[name]} for name in LISTS}


def read_things(replica: Any) -> dict[str, Any]:
    """Return what the replica holds, as a snapshot has it."""
    kinds = dict(zip(("column", "task", "label", "member", "team"), LISTS, strict=True))
    return {
        name: {
            id: {field: value for field, value in thing.items() if field != "description"}
            for id, thing in replica.things[kind].items()
        }
        for kind, name in kinds.items()
    }


async def test_its_replica_stays_equal_to_the_board(
    replicas: Replicas, anna: Person, ben: Person, board: str, read_log_seq: Callable[[], Awaitable[int]]
) -> None:
    replica = await replicas.open(anna)
    [first, second, *_] = replica.things["column"]
    made = await replica.change("POST", f"/boards/{board}/tasks", {"column_id": first, "title": "Sow"})
    await anna.post(f"/tasks/{made['id']}/move", {"column_id": second})
    await anna.post(f"/tasks/{made['id']}/comments", {"body": "Which ones?"})
    label = await anna.post(f"/boards/{board}/labels", {"name": "Soon", "color": "red"})
    await anna.send("PUT", f"/tasks/{made['id']}/labels/{label['id']}")
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "viewer"})
    await anna.send("DELETE", f"/labels/{label['id']}")
    await replicas.until(replica, await read_log_seq())
    assert read_things(replica) == await find_snapshot(anna, board)
    assert replica.things["task"][made["id"]]["comment_count"] == 1


async def test_it_catches_up_page_by_page_after_it_was_away(
    replicas: Replicas, anna: Person, board: str, read_log_seq: Callable[[], Awaitable[int]]
) -> None:
    replica = await replicas.open(anna)
    [column, *_] = replica.things["column"]
    await replica.socket.disconnect()
    task = await anna.post(f"/boards/{board}/tasks", {"column_id": column, "title": "0"})
    for number in range(PAGE_SIZE + 1):
        await anna.patch(f"/tasks/{task['id']}", {"title": f"{number}"})
    token = {"token": replica.token}
    await replica.socket.connect(replica.url, auth=token, transports=["websocket"])
    await replicas.until(replica, await read_log_seq())
    assert read_things(replica) == await find_snapshot(anna, board)


@pytest.fixture
def read_log_seq(anna: Person, board: str) -> Callable[[], Awaitable[int]]:
    """Ask how far the board's log has come."""

    async def ask() -> int:
        return int((await anna.http.get(f"/api/v1/boards/{board}")).json()["seq"])

    return ask
