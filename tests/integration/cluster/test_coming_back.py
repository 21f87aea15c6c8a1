"""A process ends: it does so in time, whoever listens, and clients that know nothing of us come back by themselves."""

import asyncio
import base64
import gc
import os
import shutil
import signal
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import socketio

from bench.push.viewers import frame
from tests.fixtures.server import Server
from tests.integration.cluster.conftest import wait_for
from tests.integration.cluster.people import Person, register

pytestmark = pytest.mark.xdist_group("cluster")

STOCK = Path(__file__).with_name("stock.mjs")
CROWD = 100
PATIENCE = 120


@pytest.fixture
async def server(start_server: Callable[..., Server]) -> Server:
    return await asyncio.to_thread(start_server)


@pytest.fixture
async def anna(server: Server) -> AsyncIterator[Person]:
    async with httpx2.AsyncClient(base_url=server.url, timeout=30) as http:
        yield await register(http, "Anna")


class Stock:
    """python-socketio's client as it comes; `began` counts its connections, `told` what it heard of the end."""

    def __init__(self) -> None:
        self.began = self.told = 0
        self.socket = socketio.AsyncClient(reconnection_delay=0.1, reconnection_delay_max=0.5)
        self.socket.on("connect", self._connect)
        self.socket.on("server:restarting", self._hear)

    def _connect(self) -> None:
        self.began += 1

    def _hear(self, message: dict[str, int]) -> None:
        self.told += 0 <= message["after_ms"] < 2000


@asynccontextmanager
async def stock(url: str, token: str, transport: str = "websocket") -> AsyncIterator[Stock]:
    client = Stock()
    await client.socket.connect(url, auth={"token": token}, transports=[transport], wait_timeout=PATIENCE)
    try:
        yield client
    finally:
        await client.socket.shutdown()


@asynccontextmanager
async def node(url: str, token: str, transport: str) -> AsyncIterator[Process]:
    program = shutil.which("node")
    assert program, "node is missing"
    process = await asyncio.create_subprocess_exec(program, STOCK, url, token, transport, stdout=PIPE)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def said(process: Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().strip()


@pytest.mark.filterwarnings("ignore:Unclosed connection:ResourceWarning")  # its client leaves a poll unread
async def test_stock_clients_come_back_by_themselves(server: Server, anna: Person) -> None:
    """Whatever they are written in, and by either transport; a crowd of them, too."""
    async with AsyncExitStack() as stack:
        foreign = [
            await stack.enter_async_context(node(server.url, anna.token, transport))
            for transport in ("websocket", "polling")
        ]
        assert [await said(one) for one in foreign] == ["connected"] * 2
        opened = [await stack.enter_async_context(stock(server.url, anna.token, "polling"))]
        opened += [await stack.enter_async_context(stock(server.url, anna.token)) for _ in range(CROWD)]
        assert await asyncio.to_thread(server.terminate) == 0
        await asyncio.to_thread(server.start)
        await wait_for(lambda: all(client.began == 2 for client in opened), PATIENCE)
        assert {client.told for client in opened} == {1}
        for one in foreign:
            lines = [await said(one) for _ in range(3)]
            assert (lines[0], lines[2]) == ("restarting number", "connected")
            assert lines[1] in ("disconnected: transport close", "disconnected: transport error")
    gc.collect()


async def open_deaf(server: Server, token: str, board: str) -> tuple[StreamReader, StreamWriter]:
    """A socket that joins a board and never reads again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    key = base64.b64encode(os.urandom(16)).decode()
    head = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    head += ["Connection: Upgrade", "Upgrade: websocket", f"Sec-WebSocket-Key: {key}"]
    writer.write("\r\n".join([*head, "Sec-WebSocket-Version: 13", "", ""]).encode())
    for expected, text in (
        (b'0{"', f'40{{"token":"{token}"}}'),
        (b'40{"', f'420["board:join",{{"board":"{board}","after":0}}]'),
    ):
        await asyncio.wait_for(reader.readuntil(expected), PATIENCE)
        writer.write(frame(text))
    await asyncio.wait_for(reader.readuntil(b'430[{"ok":true'), PATIENCE)
    transport: asyncio.ReadTransport = writer.transport  # type: ignore[assignment]
    transport.pause_reading()
    return reader, writer


async def test_who_never_reads_and_who_never_finishes_keep_no_process_from_ending(
    server: Server, anna: Person
) -> None:
    board = (await anna.change("POST", "/boards", {"title": "Garden"}))["id"]
    column = await anna.change("POST", f"/boards/{board}/columns", {"title": "To do"})
    task = await anna.change("POST", f"/boards/{board}/tasks", {"column_id": column["id"], "title": "Dig"})
    deaf = [await open_deaf(server, anna.token, board) for _ in range(2)]
    for turn in range(100):
        await anna.change("PATCH", f"/tasks/{task['id']}", {"description": f"{turn} " * 10_000})
    _, slow = await asyncio.open_connection("127.0.0.1", server.port)
    slow.write(b"POST /api/v1/session HTTP/1.1\r\nHost: board\r\nContent-Length: 9\r\n")
    slow.write(b"Content-Type: application/json\r\n\r\n")
    await slow.drain()
    server.send(signal.SIGTERM)
    status = await asyncio.to_thread(server.wait)
    for _, writer in [*deaf, (None, slow)]:
        writer.transport.abort()
    assert status == 0
