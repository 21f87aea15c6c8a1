"""Socket.IO 5 on Engine.IO 4, packet by packet, as a client of another make speaks it.

See the Socket.IO protocol (github.com/socketio/socket.io-protocol) and the Engine.IO protocol, revision 4.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.people import Person
from tests.listener import listening

pytestmark = pytest.mark.xdist_group("cluster")

SEPARATOR = "\x1e"
PATH = "/socket.io/"


class Poller:
    """A session by long polling."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http, self.packets = http, list[str]()
        self.query = {"EIO": "4", "transport": "polling"}

    async def open(self) -> dict[str, Any]:
        """The handshake."""
        first = (await self.fetch())[0]
        assert first[0] == "0"
        opened: dict[str, Any] = json.loads(first[1:])
        self.query["sid"] = opened["sid"]
        return opened

    async def fetch(self) -> list[str]:
        """What one poll brings."""
        answer = await self.http.get(PATH, params=self.query, timeout=30)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/plain")
        return answer.text.split(SEPARATOR)

    async def send(self, *packets: str) -> None:
        """POST packets."""
        answer = await self.http.post(PATH, params=self.query, content=SEPARATOR.join(packets).encode())
        assert (answer.status_code, answer.text.lower()) == (200, "ok")

    async def wait(self, start: str) -> Any:
        """Poll until a packet begins so; answer its JSON."""
        while True:
            for found in [packet for packet in self.packets if packet.startswith(start)]:
                self.packets.remove(found)
                return json.loads(found[len(start) :])
            self.packets += await self.fetch()


async def wait_for_packet(socket: ClientConnection, start: str) -> Any:
    """Read packets until one begins so; answer its JSON."""
    async with asyncio.timeout(20):
        async for packet in socket:
            if str(packet).startswith(start):
                return json.loads(str(packet)[len(start) :])
    raise AssertionError(f"the socket was closed before {start} came")


def at(url: str, **more: str) -> str:
    """The address of a websocket."""
    query = {"EIO": "4", "transport": "websocket"} | more
    return url.replace("http", "ws", 1) + PATH + "?" + "&".join(f"{name}={query[name]}" for name in query)


def packet(number: int, event: str, payload: dict[str, Any]) -> str:
    """An EVENT that wants an ack."""
    return f"42{number}" + json.dumps([event, payload])


@pytest.fixture
async def poller(cluster: Cluster) -> AsyncIterator[Poller]:
    """A client that polls one process."""
    async with httpx2.AsyncClient(base_url=cluster.processes[0].url) as http:
        yield Poller(http)


async def test_a_session_by_polling(poller: Poller, anna: Person, board: str) -> None:
    opened = await poller.open()
    assert opened["upgrades"] == ["websocket"]
    assert {"sid", "pingInterval", "pingTimeout", "maxPayload"} <= set(opened)
    await poller.send("40" + json.dumps({"token": anna.token}))
    assert set(await poller.wait("40")) == {"sid"}
    await poller.send(packet(0, "board:join", {"board": board, "after": 1}), packet(1, "board:sync", {}))
    joined = (await poller.wait("430"))[0]
    assert (joined["ok"], joined["seq"], joined["events"]) == (True, 1, [])
    assert (await poller.wait("431"))[0]["error"]["status"] in (400, 422)
    await anna.change("PATCH", f"/boards/{board}", {"title": "A"})
    name, message = await poller.wait("42")
    while name != "board:events":
        name, message = await poller.wait("42")
    assert [event["seq"] for event in message["events"]] == [2]
    await poller.send("41")


async def test_an_upgrade_from_polling_to_a_websocket(
    cluster: Cluster, poller: Poller, anna: Person, board: str
) -> None:
    opened = await poller.open()
    await poller.send("40" + json.dumps({"token": anna.token}))
    await poller.wait("40")
    url = cluster.processes[0].url
    with pytest.raises(InvalidStatus):
        await connect(at(url, EIO="3", sid=opened["sid"]))
    async with connect(at(url, sid=opened["sid"])) as socket:
        await socket.send("2probe")
        assert await socket.recv() == "3probe"
        assert "6" in await poller.fetch(), "the poll that waited was not released"
        await socket.send("5")
        await socket.send(packet(7, "board:join", {"board": board, "after": 0}))
        assert (await wait_for_packet(socket, "437"))[0]["seq"] == 1


async def test_a_websocket_from_the_start_through_any_process(
    cluster: Cluster, anna: Person, board: str
) -> None:
    for _ in range(4):
        async with connect(at(cluster.url)) as socket:
            await wait_for_packet(socket, "0")
            await socket.send("40" + json.dumps({"token": anna.token}))
            await wait_for_packet(socket, "40")
            await socket.send(packet(12, "board:join", {"board": board, "after": 1}))
            assert (await wait_for_packet(socket, "4312"))[0]["ok"] is True
            before = (await anna.read(f"/boards/{board}"))["seq"]
            await anna.change("PATCH", f"/boards/{board}", {"title": f"Title {before}"})
            name, _ = await wait_for_packet(socket, "42")
            while name != "board:events":
                name, _ = await wait_for_packet(socket, "42")


async def test_nobody_in_particular_is_told_why_they_may_not_connect(cluster: Cluster) -> None:
    async with connect(at(cluster.url)) as socket:
        await wait_for_packet(socket, "0")
        await socket.send("40" + json.dumps({"token": "wrong"}))
        assert "Sign in first" in (await wait_for_packet(socket, "44"))["message"]


async def test_a_namespace_that_is_not_there_is_refused(cluster: Cluster, anna: Person) -> None:
    async with connect(at(cluster.url)) as socket:
        await wait_for_packet(socket, "0")
        await socket.send("40/admin," + json.dumps({"token": anna.token}))
        assert await wait_for_packet(socket, "44/admin,")


async def test_a_session_of_another_process_is_refused_at_once(
    cluster: Cluster, poller: Poller, anna: Person
) -> None:
    """Long polling needs one process; a client that meets another starts over instead of waiting."""
    await poller.open()
    async with httpx2.AsyncClient(base_url=cluster.processes[1].url) as http:
        assert (await http.get(PATH, params=poller.query)).status_code == 400
    assert (await poller.http.get(PATH, params={**poller.query, "EIO": "3"})).status_code == 400


async def test_a_client_library_by_polling_alone(cluster: Cluster, anna: Person, board: str) -> None:
    url = cluster.processes[0].url
    async with listening(url, anna.token, transports=["polling"]) as listener:
        await listener.join(board, 1)
        await anna.change("PATCH", f"/boards/{board}", {"title": "A"})
        await listener.wait_for_seq(2)
