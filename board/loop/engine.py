"""python-engineio with an environ made of the ASGI scope, and the fixes that its sessions need."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

import engineio
from engineio.packet import NOOP, Packet

from .environ import build_environ
from .grammar import MalformedRequest


class EngineServer(engineio.AsyncServer):  # type: ignore[misc]
    """Engine.IO whose environ comes from the ASGI scope.

    The library's own sets REMOTE_ADDR to 127.0.0.1, believes X-Forwarded-Proto and -Host from anybody
    (its origin check too), and wants an Upgrade header that WebSocket over HTTP/2 does not have.
    """

    _async: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "async_mode": "asgi"})
        self._async = {**self._async, "translate_request": self._translate}

    async def _translate(self, scope: Any, receive: Any, send: Any) -> dict[str, Any]:
        message = await receive()
        if message["type"] not in ("http.request", "websocket.connect"):
            raise MalformedRequest("the client left before its request")
        environ = build_environ(scope, Payload(message, receive, self.ping_timeout))
        for key in [key for key in environ if key.startswith("HTTP_X_FORWARDED_")]:
            del environ[key]
        environ.pop("HTTP_UPGRADE", None)
        if scope["type"] == "websocket":
            environ["HTTP_UPGRADE"], environ["HTTP_CONNECTION"] = "websocket", "upgrade"
        _check_version(environ["QUERY_STRING"])
        await self._check_ping(environ)
        return {**environ, "wsgi.async": True, "asgi.receive": receive, "asgi.send": send}

    async def _trigger_event(self, event: str, *args: Any, **options: Any) -> Any:
        answer = await super()._trigger_event(event, *args, **options)
        if event == "disconnect" and args[1] == self.reason.CLIENT_DISCONNECT and args[0] in self.sockets:
            _end_poll(self.sockets[args[0]])  # the library lets it hang
        return answer

    async def _check_ping(self, environ: dict[str, Any]) -> None:
        """End a polling session whose ping went unanswered for too long, as soon as its next poll comes."""
        [sid, *_] = parse_qs(environ["QUERY_STRING"]).get("sid", [""])
        client = self.sockets.get(sid)
        if environ["REQUEST_METHOD"] != "GET" or client is None or client.upgraded or client.closed:
            return
        if not await client.check_ping_timeout():
            self.sockets.pop(sid, None)

    async def close_transports(self) -> None:
        """End every transport without the packet that ends a session, after which clients would not reconnect.

        What was sent before still leaves: a transport ends when its queue is empty.
        """
        for client in list(self.sockets.values()):
            await client.close(wait=False, abort=True, reason=self.reason.SERVER_DISCONNECT)
            _end_poll(client)
            self.sockets.pop(client.sid, None)

    async def disconnect(self, sid: str | None = None) -> None:
        """Disconnect one client or all, without waiting for a client that never reads again."""
        chosen = [self.sockets.get(sid)] if sid else list(self.sockets.values())
        for client in filter(None, chosen):
            await client.close(wait=False, reason=self.reason.SERVER_DISCONNECT)
            client.queue.put_nowait(None)
            self.sockets.pop(client.sid, None)


def _end_poll(client: Any) -> None:
    """Answer the poll that waits with a `noop`, as the protocol says; a WebSocket just ends."""
    if not client.upgraded:
        client.queue.put_nowait(Packet(NOOP))
    client.queue.put_nowait(None)


def _check_version(query: str) -> None:
    """Refuse another protocol version than 4: the library checks EIO only when a session opens.

    A mismatch on upgrade is refused too, and so are polls by script elements, whose answers any site could read and
    whose bodies are forms.
    """
    asked = parse_qs(query)
    if any(version != "4" for version in asked.get("EIO", [])):
        raise MalformedRequest("unsupported Engine.IO version")
    if "j" in asked:
        raise MalformedRequest("JSONP is not supported")


class Payload:
    """The body of a long-polling POST: bounded in size by its declared length, and in time."""

    def __init__(self, message: Any, receive: Any, timeout: float) -> None:
        self._message = message
        self._receive = receive
        self._timeout = timeout

    async def read(self, length: int) -> bytes:
        """Return the body; one that is longer than `length`, or gets stuck, raises EngineIOError."""
        body = self._message.get("body", b"")
        try:
            async with asyncio.timeout(self._timeout):
                while self._message.get("more_body") and len(body) <= length:
                    self._message = await self._receive()
                    body += self._message.get("body", b"")
        except TimeoutError:
            raise engineio.exceptions.EngineIOError("the body did not arrive in time") from None
        if len(body) > length:
            raise engineio.exceptions.ContentTooLongError
        if body[:2] == b"d=":
            raise engineio.exceptions.EngineIOError("a form is no payload")
        return bytes(body)
