"""Long polling as the Engine.IO protocol has it, where its conformance suite found us to differ from the library."""

import asyncio
import json
import time
from typing import Any

import pytest

from board.loop import Flask, SocketIO

from .conftest import Live

PATH = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture
def socketio(app: Flask) -> SocketIO:
    return SocketIO(app)


async def begin(live: Live) -> str:
    """A session by polling; its id."""
    opened = await live.client.get(PATH)
    return str(json.loads(opened.text[1:])["sid"])


async def poll(live: Live, sid: str) -> tuple[int, str]:
    answer = await live.client.get(f"{PATH}&sid={sid}")
    return answer.status_code, answer.text


async def test_who_left_a_ping_unanswered_finds_the_session_closed(
    start: Any, app: Flask, socketio: SocketIO
) -> None:
    live = await start(app)
    gone, kept = await begin(live), await begin(live)
    sockets = socketio.server.eio.sockets
    sockets[gone].last_ping = time.time() - socketio.server.eio.ping_timeout - 1
    sockets[kept].last_ping = time.time()
    assert (await poll(live, gone))[0] == 400
    assert gone not in sockets
    assert (await live.client.post(f"{PATH}&sid={kept}", content="3")).status_code == 200
    assert kept in sockets


async def begin_waiting(live: Any, socketio: SocketIO, sid: str) -> asyncio.Task[tuple[int, str]]:
    """A poll that the server has begun to wait with, for there is nothing to tell."""
    waiting = asyncio.create_task(poll(live, sid))
    while not socketio.server.eio.sockets[sid].queue._getters:  # noqa: ASYNC110 - until the server waits, too
        await asyncio.sleep(0.01)
    return waiting


async def test_a_poll_that_waits_ends_with_a_noop_when_its_client_leaves(
    start: Any, app: Flask, socketio: SocketIO
) -> None:
    live = await start(app)
    sid = await begin(live)
    waiting = await begin_waiting(live, socketio, sid)
    await live.client.post(f"{PATH}&sid={sid}", content="1")
    assert await asyncio.wait_for(waiting, 20) == (200, "6")
    assert (await poll(live, sid))[0] == 400


async def test_a_poll_that_waits_ends_with_a_noop_when_the_server_goes(
    start: Any, app: Flask, socketio: SocketIO
) -> None:
    live = await start(app)
    sid = await begin(live)
    waiting = await begin_waiting(live, socketio, sid)
    await socketio.shutdown()
    assert await asyncio.wait_for(waiting, 20) == (200, "6")
