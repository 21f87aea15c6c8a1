"""python-engineio and python-socketio, told the truth about the request and wary of the client."""

import asyncio
import contextlib
import logging
from typing import Any, Final
from urllib.parse import parse_qs

import engineio
import socketio
from socketio.exceptions import ConnectionRefusedError as Refused

from .bridge import Done, settle
from .environ import Malformed, build_environ

log = logging.getLogger(__name__)

RESERVED: Final = frozenset({"connect", "connect_error", "disconnect", "disconnecting"})


class EngineServer(engineio.AsyncServer):  # type: ignore[misc]
    """Engine.IO whose environ comes from the ASGI scope.

    The library's own sets REMOTE_ADDR to 127.0.0.1, believes X-Forwarded-Proto and -Host from anybody
    (its origin check too), and wants an Upgrade header that WebSocket over HTTP/2 does not have.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, async_mode="asgi", **kwargs)
        self._async = {**self._async, "translate_request": self._translate}

    async def _translate(self, scope: Any, receive: Any, send: Any) -> dict[str, Any]:
        message = await receive()
        if message["type"] not in ("http.request", "websocket.connect"):
            raise Malformed("the client left before its request")
        environ = build_environ(scope, Payload(message, receive, self.ping_timeout))
        for key in [key for key in environ if key.startswith("HTTP_X_FORWARDED_")]:
            del environ[key]
        environ.pop("HTTP_UPGRADE", None)
        if scope["type"] == "websocket":
            environ["HTTP_UPGRADE"], environ["HTTP_CONNECTION"] = "websocket", "upgrade"
        _check_version(environ["QUERY_STRING"])
        return {**environ, "asgi.receive": receive, "asgi.send": send}


def _check_version(query: str) -> None:
    """The library checks EIO only when a session opens; a mismatch on upgrade is refused too."""
    if any(version != "4" for version in parse_qs(query).get("EIO", [])):
        raise Malformed("unsupported Engine.IO version")


class Payload:
    """The body of a long-polling POST: bounded in size by its declared length and in time."""

    def __init__(self, message: Any, receive: Any, timeout: float) -> None:
        self._message = message
        self._receive = receive
        self._timeout = timeout

    async def read(self, length: int) -> bytes:
        """Return the body; a longer one than `length`, or one that gets stuck, raises EngineIOError."""
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
        return bytes(body)


class Server(socketio.AsyncServer):  # type: ignore[misc]
    """Socket.IO whose verbs work from sync code of a handler, and which refuses what no client may send.

    With `binary=False` a packet with attachments ends the connection (CVE-2026-48804: half-sent
    attachments stay in memory).
    """

    def __init__(self, *args: Any, binary: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.binary = binary

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer

    def emit(self, *args: Any, **kwargs: Any) -> Any:
        return settle(super().emit(*args, **kwargs))

    def enter_room(self, *args: Any, **kwargs: Any) -> Any:
        return settle(super().enter_room(*args, **kwargs))

    def leave_room(self, *args: Any, **kwargs: Any) -> Any:
        return settle(super().leave_room(*args, **kwargs))

    def close_room(self, *args: Any, **kwargs: Any) -> Any:
        return settle(super().close_room(*args, **kwargs))

    def disconnect(self, *args: Any, **kwargs: Any) -> Any:
        return settle(super().disconnect(*args, **kwargs))

    def sleep(self, seconds: float = 0) -> Any:
        return settle(asyncio.sleep(seconds))

    async def _trigger_event(self, event: Any, namespace: str, *args: Any) -> Any:
        try:
            return await self._call_handler(event, namespace, *args)
        except (Refused, ConnectionRefusedError):
            raise
        except Exception:
            log.exception("The handler of %r failed", event)
            return False if event == "connect" else self.not_handled

    async def _call_handler(self, event: Any, namespace: str, *args: Any) -> Any:
        handler, handler_args = self._get_event_handler(event, namespace, args)
        if handler is None:
            handler, handler_args = self._get_namespace_handler(namespace, args)
            if handler is None:
                return self.not_handled
            return await handler.trigger_event(event, *handler_args)
        answer = handler(*handler_args)
        return await answer if asyncio.iscoroutine(answer) else answer

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        if not self.binary and (isinstance(data, bytes) or data[:1] in ("5", "6")):
            await self._drop(eio_sid, "a binary packet")
            return
        try:
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            await self._drop(eio_sid, repr(error))

    async def _handle_event(self, eio_sid: str, namespace: str, id: Any, data: Any) -> None:  # noqa: A002
        if not (isinstance(data, list) and data and isinstance(data[0], str)) or data[0] in RESERVED:
            await self._drop(eio_sid, "an event with no proper name")
            return
        await super()._handle_event(eio_sid, namespace, id, data)

    async def _drop(self, eio_sid: str, reason: str) -> None:
        log.warning("Disconnected a client that sent %s", reason[:200])
        with contextlib.suppress(KeyError):
            await self.eio.disconnect(eio_sid)


__all__ = ["Done", "EngineServer", "Malformed", "Server"]
