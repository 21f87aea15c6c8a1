"""Headers that every answer carries, whoever makes it: the application, the sockets, or the server itself."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from .response import Send

_complete: ContextVar[bool] = ContextVar("complete", default=False)

STARTS = frozenset({"http.response.start", "websocket.http.response.start"})


class Headers:
    """Defaults by name; an answer that has a header of that name keeps its own."""

    def __init__(self, defaults: Mapping[str, str]) -> None:
        self.pairs = [(name.lower().encode(), value.encode()) for name, value in defaults.items()]

    def wrap(self, send: Send) -> Send:
        """Return a `send` that completes the head of an answer."""

        async def complete(message: Any) -> None:
            if message["type"] not in STARTS:
                await send(message)
                return
            headers = message.get("headers", [])
            named = {name.lower() for name, _ in headers}
            missing = [pair for pair in self.pairs if pair[0] not in named]
            token = _complete.set(True)
            try:
                await send({**message, "headers": [*headers, *missing]})
            finally:
                _complete.reset(token)

        return complete

    def for_server(self) -> list[tuple[bytes, bytes]]:
        """Return what a server has to add to the head it writes just now.

        Nothing to one of the application's, all to one of its own, like the 400 for a request that it can't read.
        """
        return [] if _complete.get() else self.pairs
