"""Real servers for the extension: every test that asks for `start` runs on Hypercorn and on uvicorn."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import flask
import httpx2
import hypercorn.asyncio
import hypercorn.config
import pytest
import socketio
import uvicorn

from board.loop import ASGI, Flask


@dataclass
class Live:
    """A server that listens."""

    kind: str
    port: int
    client: httpx2.AsyncClient
    stop: Callable[[], None]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def exchange(self, request: bytes) -> bytes:
        """Send raw bytes and return all that comes until the server closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await asyncio.wait_for(reader.read(), 10)
        finally:
            writer.close()


@asynccontextmanager
async def run_hypercorn(application: Any, listener: socket.socket) -> AsyncIterator[Callable[[], None]]:
    config = hypercorn.config.Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.errorlog = None
    config.graceful_timeout = 0.5
    stop = asyncio.Event()
    task = asyncio.create_task(hypercorn.asyncio.serve(application, config, shutdown_trigger=stop.wait))
    try:
        yield stop.set
    finally:
        stop.set()
        await task


@asynccontextmanager
async def run_uvicorn(application: Any, listener: socket.socket) -> AsyncIterator[Callable[[], None]]:
    config = uvicorn.Config(
        application,
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        ws="websockets-sansio",
        http="h11",
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve([listener]))

    def stop() -> None:
        server.should_exit = True

    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield stop
    finally:
        stop()
        await task


SERVERS = {"hypercorn": run_hypercorn, "uvicorn": run_uvicorn}


@pytest.fixture(params=sorted(SERVERS))
def kind(request: pytest.FixtureRequest) -> str:
    """The server a test runs on."""
    return str(request.param)


@pytest.fixture
async def start(kind: str) -> AsyncIterator[Callable[..., Awaitable[Live]]]:
    """Serve an application, or a Flask app, for the length of the test."""
    async with AsyncExitStack() as stack:

        async def serve(app: Any, **options: Any) -> Live:
            application = ASGI(app, **options) if isinstance(app, flask.Flask) else app
            listener = socket.create_server(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            stop = await stack.enter_async_context(SERVERS[kind](application, listener))
            client = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False)
            await stack.enter_async_context(client)
            return Live(kind, port, client, stop)

        yield serve


@pytest.fixture
def app() -> Flask:
    """An empty application."""
    app = Flask("tests.loop")
    app.secret_key = "only for tests"
    return app


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., Awaitable[socketio.AsyncClient]]]:
    """Open Socket.IO clients that are closed at the end."""
    async with AsyncExitStack() as stack:

        async def open_client(live: Live, **options: Any) -> socketio.AsyncClient:
            client = options.pop("client", None) or socketio.AsyncClient(reconnection=False)
            stack.push_async_callback(client.shutdown)
            await client.connect(live.url, **options)
            return client

        yield open_client
