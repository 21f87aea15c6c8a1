"""Flask-SocketIO's test client for a server that is asyncio."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import flask
import flask_socketio
from socketio.async_pubsub_manager import AsyncPubSubManager

from .bridge import NoGreenlet, drive, in_greenlet


class TestClient(flask_socketio.SocketIOTestClient):  # type: ignore[misc]
    """The documented client, connection by connection in memory.

    In an async test, `client = await spawn(socketio.test_client, app)` and `await spawn(client.emit, ...)`;
    in a sync test it brings a loop of its own.
    """

    __test__ = False

    def __init__(self, app: flask.Flask, socketio: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(socketio.server.manager, AsyncPubSubManager):
            raise RuntimeError("Test client cannot be used with a message queue.")
        super().__init__(app, SyncServer(socketio.server), *args, **kwargs)


class SyncServer:
    """An AsyncServer seen as the synchronous one the client was written for."""

    def __init__(self, server: Any) -> None:
        self.__dict__.update(target=server, runner=None)

    @property
    def server(self) -> "SyncServer":
        return self

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.target, name)
        if not inspect.iscoroutinefunction(value):
            return value
        return lambda *args: self._wait(value(*args))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.target, name, _make_async(value) if callable(value) else value)

    def _wait(self, coroutine: Any) -> Any:
        if in_greenlet():
            return drive(coroutine)
        if asyncio._get_running_loop() is not None:
            coroutine.close()
            raise NoGreenlet("in async code, call the client through `await spawn(client.emit, ...)`")
        if self.runner is None:
            self.__dict__["runner"] = asyncio.Runner()
        return self.runner.run(coroutine)


def _make_async(function: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*args: Any) -> Any:
        return function(*args)

    return call
