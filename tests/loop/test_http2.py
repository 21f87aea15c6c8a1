"""HTTP/2 on Hypercorn: cookies in pieces, and websockets that carry no Upgrade header."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import flask
import h2.config
import h2.connection
import h2.events
import pytest
from wsproto.frame_protocol import FrameProtocol

from board.loop import ASGI, Flask, SocketIO

from .conftest import run_hypercorn


class Connection:
    """A bare HTTP/2 client with prior knowledge."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        self.reader, self.writer, self.port = reader, writer, port
        config = h2.config.H2Configuration(header_encoding="utf-8", validate_outbound_headers=False)
        self.h2 = h2.connection.H2Connection(config)
        self.h2.initiate_connection()
        self.headers: dict[str, str] = {}
        self.body = b""
        self.events: list[Any] = []

    def request(self, stream: int, *headers: tuple[str, str], path: str = "/", end: bool = True) -> None:
        named = dict(headers)
        base = [
            (":method", named.pop(":method", "GET")),
            (":scheme", "http"),
            (":authority", f"127.0.0.1:{self.port}"),
            (":path", path),
        ]
        base += [(":protocol", named.pop(":protocol"))] if ":protocol" in named else []
        plain = [item for item in headers if not item[0].startswith(":")]
        self.h2.send_headers(stream, [*base, *plain], end_stream=end)

    async def until(self, kind: type) -> Any:
        """Exchange bytes until an event of this kind."""
        async with asyncio.timeout(10):
            while True:
                self.writer.write(self.h2.data_to_send())
                for event in self.events[:]:
                    self.events.remove(event)
                    if isinstance(event, h2.events.ResponseReceived):
                        self.headers = dict(event.headers)
                    if isinstance(event, h2.events.DataReceived):
                        self.body += event.data
                    if isinstance(event, kind):
                        return event
                received = await self.reader.read(65_536)
                assert received, "the server closed the connection"
                self.events += self.h2.receive_data(received)


@pytest.fixture
async def connection(app: Flask) -> Any:
    import socket

    async with AsyncExitStack() as stack:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        await stack.enter_async_context(run_hypercorn(ASGI(app, SocketIO(app)), listener))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        yield Connection(reader, writer, port)
        writer.close()


async def test_a_cookie_in_pieces_is_one_cookie(app: Flask, connection: Connection) -> None:
    @app.get("/")
    async def view() -> Any:
        await asyncio.sleep(0)
        return flask.jsonify(
            flask.request.cookies, flask.request.environ["SERVER_PROTOCOL"], flask.request.host
        )

    connection.request(1, ("cookie", "a=1"), ("cookie", "b=2"))
    await connection.until(h2.events.StreamEnded)
    assert flask.json.loads(connection.body) == [
        {"a": "1", "b": "2"},
        "HTTP/2",
        f"127.0.0.1:{connection.port}",
    ]


async def test_connection_headers_of_the_application_do_not_break_http2(
    app: Flask, connection: Connection
) -> None:
    app.get("/")(lambda: ("ok", 200, {"Connection": "keep-alive", "Keep-Alive": "5"}))
    connection.request(1)
    await connection.until(h2.events.StreamEnded)
    assert connection.headers[":status"] == "200"
    assert "connection" not in connection.headers


@pytest.mark.parametrize("method", ["GET /x HTTP/1.1", "G T", "G\tT"])
async def test_a_method_that_is_no_token_never_reaches_flask(
    app: Flask, connection: Connection, method: str
) -> None:
    entered: list[int] = []
    app.before_request(lambda: entered.append(1))
    connection.request(1, (":method", method))
    try:
        await connection.until(h2.events.StreamEnded)
    except (AssertionError, h2.exceptions.H2Error):
        connection.headers[":status"] = "refused"
    assert connection.headers[":status"] in ("400", "refused")
    assert entered == []


async def test_a_websocket_over_http2(app: Flask, connection: Connection) -> None:
    await connection.until(h2.events.RemoteSettingsChanged)
    socketio = app.extensions["socketio"]
    socketio.on_event("who", lambda: [flask.request.remote_addr, flask.request.cookies["s"]])
    path = "/socket.io/?EIO=4&transport=websocket"
    headers = [(":method", "CONNECT"), (":protocol", "websocket"), ("sec-websocket-version", "13")]
    connection.request(1, *headers, ("cookie", "s=1"), ("cookie", "t=2"), path=path, end=False)
    await connection.until(h2.events.ResponseReceived)
    assert connection.headers[":status"] == "200"
    frames = FrameProtocol(client=True, extensions=[])

    def say(text: str) -> None:
        connection.h2.send_data(1, bytes(frames.send_data(text)))

    async def hear() -> str:
        while True:
            for frame in frames.received_frames():
                return (
                    bytes(frame.payload).decode() if isinstance(frame.payload, bytes) else str(frame.payload)
                )
            frames.receive_bytes((await connection.until(h2.events.DataReceived)).data)

    assert (await hear()).startswith("0{")
    say("40")
    assert (await hear()).startswith("40{")
    say('421["who"]')
    assert await hear() == '431[["127.0.0.1","1"]]'
