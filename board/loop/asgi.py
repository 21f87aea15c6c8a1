"""The ASGI application: HTTP to Flask, /socket.io to the sockets, lifespan to context managers."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from http import HTTPStatus
from typing import Any, Protocol
from uuid import uuid4

import flask

from .body import Body, Receive
from .bridge import spawn
from .environ import Scope, build_environ
from .grammar import MalformedRequest
from .headers import Headers
from .response import Exchange, Send

log = logging.getLogger(__name__)

Lifespan = Callable[[flask.Flask], AbstractAsyncContextManager[Any]]


class Sockets(Protocol):
    """What serves the requests below the path of the sockets: the extension."""

    path: str

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def shutdown(self) -> None: ...


class ASGI:
    """Serve `app`, and its SocketIO extension if it has one, on one event loop.

    `lifespan` is a function of the app, or several, each returning an async context manager: entered
    before the first request, left in reverse order after the last. `headers` are those that every answer
    carries unless it has its own of that name.
    """

    def __init__(
        self,
        app: flask.Flask,
        socketio: Sockets | None = None,
        lifespan: Lifespan | Sequence[Lifespan] | None = None,
        headers: Headers | None = None,
    ) -> None:
        self.app = app
        self.socketio: Sockets | None = socketio or app.extensions.get("socketio")
        self.lifespans = [lifespan] if callable(lifespan) else list(lifespan or [])
        self.headers = headers
        self._socket_path = f"/{self.socketio.path}/" if self.socketio else "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if self.headers is not None:
            send = self.headers.wrap(send)
        if kind == "lifespan":
            await self._run_lifespan(receive, send)
        elif kind not in ("http", "websocket"):
            raise ValueError(f"expected http, websocket or lifespan, got {kind!r}")
        elif self.socketio and self._is_socket(scope):
            await self.socketio.handle_request(scope, receive, send)
        elif kind == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def _is_socket(self, scope: Scope) -> bool:
        path = scope["path"].removeprefix(scope.get("root_path", "").rstrip("/"))
        return f"{path}/".startswith(self._socket_path)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = Body(receive)
        try:
            environ = build_environ(scope, body)
        except MalformedRequest as error:
            await refuse(send, error.status, f"The request can't be taken: {error}.")
            return
        exchange = Exchange(environ, body, send)
        try:
            await spawn(exchange.run, self.app)
        except asyncio.CancelledError:
            if not exchange.disconnected:
                raise
            asyncio.current_task().uncancel()  # type: ignore[union-attr]
        finally:
            if exchange.watcher is not None:
                exchange.watcher.cancel()

    async def _run_lifespan(self, receive: Receive, send: Send) -> None:
        """Speak the lifespan protocol; a failure is told to the server and raised, so that it is logged."""
        await receive()
        phase = "startup"
        try:
            async with AsyncExitStack() as stack:
                for lifespan in self.lifespans:
                    await stack.enter_async_context(lifespan(self.app))
                await send({"type": "lifespan.startup.complete"})
                await receive()
                phase = "shutdown"
                if self.socketio:
                    await self.socketio.shutdown()
        except Exception as error:
            await send({"type": f"lifespan.{phase}.failed", "message": f"{type(error).__name__}: {error}"})
            raise
        await send({"type": "lifespan.shutdown.complete"})


async def refuse(send: Send, status: int, reason: str) -> None:
    """Answer a problem (RFC 9457) without entering the application, and let the connection go."""
    request_id, title = str(uuid4()), HTTPStatus(status).phrase
    log.info("Refused a request, %s: %s", request_id, reason)
    code = title.lower().replace("-", "_").replace(" ", "_")
    problem = {"type": "about:blank", "title": title, "status": status, "detail": reason, "code": code}
    body = json.dumps({**problem, "request_id": request_id}).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id.encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
