"""python-socketio's server, usable from sync code, which validates what clients send."""

import asyncio
import logging
import re
from collections.abc import Awaitable
from functools import partial
from typing import Any, Final

import socketio
from socketio.exceptions import ConnectionRefusedError as Refused

from .bridge import run_or_return
from .delivery import Delivery
from .engine import EngineServer
from .handshakes import HandshakeLimits, Handshakes
from .json_limits import JsonTooLarge, check_json

log = logging.getLogger(__name__)

RESERVED: Final = frozenset({"connect", "connect_error", "disconnect", "disconnecting"})
EVENT: Final = re.compile(r'2(?P<space>/[^,]{0,200},)?(?P<id>[0-9]{1,20})?\["(?P<name>[^"\\]{1,200})"')
"""The beginning of an event, up to its name."""
BAD_PACKET: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Server(Delivery, socketio.AsyncServer):  # type: ignore[misc]
    """Socket.IO whose methods work from sync code of a handler, and which refuses what no client may send.

    With `binary=False` a packet with attachments ends the connection (CVE-2026-48804: half-sent
    attachments stay in memory). Of an event whose JSON holds more than `packet_values` values or `packet_levels`
    levels (0 is no limit) the handler gets a JsonTooLarge in place of the arguments; other such packets end the
    connection. `handshake_limits` bounds the connections that are in no namespace.
    """

    handshake_timeout = 45.0
    """Seconds within which a connection must be in a namespace."""

    def __init__(
        self,
        *args: Any,
        binary: bool = True,
        packet_values: int = 0,
        packet_levels: int = 0,
        handshake_limits: HandshakeLimits | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.binary = binary
        self.packet_values, self.packet_levels = packet_values, packet_levels
        self._handshakes = Handshakes(handshake_limits)

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer

    def emit(self, *args: Any, **kwargs: Any) -> Awaitable[None]:
        return run_or_return(super().emit(*args, **kwargs))

    def enter_room(self, *args: Any, **kwargs: Any) -> Awaitable[None]:
        return run_or_return(super().enter_room(*args, **kwargs))

    def leave_room(self, *args: Any, **kwargs: Any) -> Awaitable[None]:
        return run_or_return(super().leave_room(*args, **kwargs))

    def close_room(self, *args: Any, **kwargs: Any) -> Awaitable[None]:
        return run_or_return(super().close_room(*args, **kwargs))

    def disconnect(self, *args: Any, **kwargs: Any) -> Awaitable[None]:
        return run_or_return(self._disconnect(*args, **kwargs))

    async def _disconnect(self, sid: str, namespace: str | None = None, **kwargs: Any) -> None:
        eio_sid = self.manager.eio_sid_from_sid(sid, namespace or "/")
        await super().disconnect(sid, namespace, **kwargs)
        self._begin_handshake_again(eio_sid)

    def sleep(self, seconds: float = 0) -> Awaitable[None]:
        return run_or_return(asyncio.sleep(seconds))

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

    async def _handle_eio_connect(self, eio_sid: str, environ: Any) -> Any:
        if self._handshakes.is_full(environ.get("REMOTE_ADDR", "")):
            return "too many connections that belong to nobody"
        await super()._handle_eio_connect(eio_sid, environ)
        self._begin_handshake(eio_sid, environ)
        return None

    def _begin_handshake(self, eio_sid: str, environ: Any) -> None:
        on_timeout = partial(self.start_background_task, self._time_out_handshake, eio_sid)
        address = environ.get("REMOTE_ADDR", "")
        self._handshakes.begin(eio_sid, address, self.handshake_timeout, on_timeout=on_timeout)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: Any) -> None:
        await super()._handle_eio_disconnect(eio_sid, reason)
        self._handshakes.end(eio_sid)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        """Connect a client to a namespace; one that left meanwhile gets its disconnect (the library forgets it)."""
        environ = self.environ.get(eio_sid)
        if environ is None:
            return
        await super()._handle_connect(eio_sid, namespace, data)
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if sid is None:
            return
        if eio_sid in self.environ:
            self._handshakes.end(eio_sid)
            return
        self.environ[eio_sid] = environ
        try:
            await self._handle_disconnect(eio_sid, namespace or "/", self.reason.CLIENT_DISCONNECT)
        finally:
            self.environ.pop(eio_sid, None)

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: Any = None) -> None:
        await super()._handle_disconnect(eio_sid, namespace, reason)
        self._begin_handshake_again(eio_sid)

    def _begin_handshake_again(self, eio_sid: str) -> None:
        """Time a connection that has left its last namespace and stays."""
        environ = self.environ.get(eio_sid)
        if environ is None or eio_sid in self._handshakes or eio_sid not in self.eio.sockets:
            return
        if not any(self.manager.sid_from_eio_sid(eio_sid, name) for name in self.manager.get_namespaces()):
            self._begin_handshake(eio_sid, environ)

    async def _time_out_handshake(self, eio_sid: str) -> None:
        if self._handshakes.end(eio_sid):
            await self.eio.disconnect(eio_sid)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        if not self.binary and (isinstance(data, bytes) or data[:1] in ("5", "6")):
            await self._drop(eio_sid, "a binary packet")
            return
        try:
            if self.packet_values and isinstance(data, str):
                check_json(data.encode("utf-8", "replace"), self.packet_values, self.packet_levels)
            await super()._handle_eio_message(eio_sid, data)
        except JsonTooLarge as error:
            await self._dispatch_error(eio_sid, data, error)
        except BAD_PACKET as error:
            await self._drop(eio_sid, repr(error))

    async def _dispatch_error(self, eio_sid: str, packet: str, error: JsonTooLarge) -> None:
        """Give the handler of an event the error instead of its arguments."""
        found = EVENT.match(packet)
        if found is None:
            await self._drop(eio_sid, repr(error))
            return
        space, id = (found["space"] or "/").rstrip(",").partition("?")[0], found["id"]
        await self._handle_event(eio_sid, space, int(id) if id else None, data=[found["name"], error])

    async def _handle_event(self, eio_sid: str, namespace: str, id: Any, data: Any) -> None:
        name = data[0] if isinstance(data, list) and data else None
        if not isinstance(name, str) or name in RESERVED:
            # an event called "disconnect" would run the handler while the client stays
            await self._drop(eio_sid, "an event with no proper name")
            return
        await super()._handle_event(eio_sid, namespace, id, data=data)

    async def _drop(self, eio_sid: str, reason: str) -> None:
        log.warning("Disconnected a client that sent %s", reason[:200])
        await self.eio.disconnect(eio_sid)
