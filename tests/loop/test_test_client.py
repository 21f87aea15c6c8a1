"""Flask-SocketIO's test client, with and without a loop."""

import asyncio
from typing import Any

import flask
import pytest

from board.loop import Flask, NoGreenlet, SocketIO, emit, join_room, spawn


@pytest.fixture
def socketio(app: Flask) -> SocketIO:
    socketio = SocketIO(app)

    @app.get("/login")
    async def login() -> str:
        flask.session["user"] = "ada"
        return "in"

    @socketio.on("connect")
    async def connected(auth: Any) -> Any:
        await asyncio.sleep(0)
        if auth == "bad":
            return False
        return await emit("welcome", flask.session.get("user"))

    @socketio.on("echo")
    async def echo(value: Any) -> Any:
        await join_room("all")
        emit("echoed", value, to="all")
        return value, "ack"

    return socketio


def test_in_a_sync_test(app: Flask, socketio: SocketIO) -> None:
    browser = app.test_client()
    browser.get("/login")
    client = socketio.test_client(app, flask_test_client=browser)
    assert client.is_connected()
    assert client.get_received() == [{"name": "welcome", "args": ["ada"], "namespace": "/"}]
    assert client.emit("echo", {"a": [1]}, callback=True) == [{"a": [1]}, "ack"]
    assert client.get_received()[0]["args"] == [{"a": [1]}]
    other = socketio.test_client(app)
    client.emit("echo", 1)
    other.emit("echo", 2)
    assert [message["args"] for message in client.get_received()] == [[1], [2]]
    client.disconnect()
    assert not client.is_connected()


def test_a_refused_connection(app: Flask, socketio: SocketIO) -> None:
    assert not socketio.test_client(app, auth="bad").is_connected()


async def test_in_an_async_test(app: Flask, socketio: SocketIO) -> None:
    client = await spawn(socketio.test_client, app)
    assert await spawn(client.emit, "echo", "x", callback=True) == ["x", "ack"]
    await socketio.emit("news", 1)
    assert [message["name"] for message in client.get_received()] == ["welcome", "echoed", "news"]
    with pytest.raises(NoGreenlet, match="spawn"):
        client.emit("echo", "y")
