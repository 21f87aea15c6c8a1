"""Before the first request and after the last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import flask
import pytest

from board.loop import ASGI, Flask

from .conftest import Live


class Server:
    """The server's side of the lifespan protocol."""

    def __init__(self, application: ASGI) -> None:
        self.application = application
        self.incoming: asyncio.Queue[Any] = asyncio.Queue()
        self.sent: list[Any] = []

    async def run(self) -> None:
        self.incoming.put_nowait({"type": "lifespan.startup"})
        self.incoming.put_nowait({"type": "lifespan.shutdown"})

        async def send(message: Any) -> None:
            self.sent.append(message)

        await self.application({"type": "lifespan"}, self.incoming.get, send)


def step(name: str, steps: list[str]) -> Any:
    @asynccontextmanager
    async def live(app: flask.Flask) -> AsyncIterator[None]:
        steps.append(f"{name} in {app.name}")
        await asyncio.sleep(0)
        try:
            yield
        finally:
            steps.append(f"{name} out")

    return live


async def test_context_managers_nest(app: Flask) -> None:
    steps: list[str] = []
    server = Server(ASGI(app, lifespan=[step("database", steps), step("jobs", steps)]))
    await server.run()
    assert steps == ["database in tests.loop", "jobs in tests.loop", "jobs out", "database out"]
    assert [m["type"] for m in server.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_a_failure_at_start_is_reported_and_what_was_open_is_closed(app: Flask) -> None:
    steps: list[str] = []

    @asynccontextmanager
    async def broken(_: flask.Flask) -> AsyncIterator[None]:
        raise ConnectionError("no database at db:5432")
        yield

    server = Server(ASGI(app, lifespan=[step("cache", steps), broken]))
    with pytest.raises(ConnectionError):
        await server.run()
    message = {"type": "lifespan.startup.failed", "message": "ConnectionError: no database at db:5432"}
    assert server.sent == [message]
    assert steps == ["cache in tests.loop", "cache out"]


async def test_a_failure_at_the_end_is_reported(app: Flask) -> None:
    @asynccontextmanager
    async def broken(_: flask.Flask) -> AsyncIterator[None]:
        yield
        raise OSError("disk full")

    server = Server(ASGI(app, lifespan=broken))
    with pytest.raises(OSError, match="disk full"):
        await server.run()
    assert server.sent[-1] == {"type": "lifespan.shutdown.failed", "message": "OSError: disk full"}


async def test_a_server_enters_before_requests(start: Any, app: Flask) -> None:
    steps: list[str] = []
    app.get("/")(lambda: flask.jsonify(steps))
    live: Live = await start(app, lifespan=step("pool", steps))
    assert (await live.client.get("/")).json() == ["pool in tests.loop"]


async def test_an_unknown_scope_is_named(app: Flask) -> None:
    with pytest.raises(ValueError, match="got 'carrier pigeon'"):
        await ASGI(app)({"type": "carrier pigeon"}, None, None)  # type: ignore[arg-type]
