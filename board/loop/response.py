"""The WSGI side of one exchange: start_response, chunks, close."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from .body import Body
from .bridge import drive
from .environ import Environ

Send = Callable[[Any], Awaitable[None]]
WSGI = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

HOP_BY_HOP: Final = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"}
)

SERVER_FIELDS: Final = HOP_BY_HOP | {b"date"}
"""Header fields that the server writes: it dates every answer, and no answer has two dates (RFC 9110, 6.6.1)."""

LARGE_BODY: Final = 1024 * 1024
"""Bytes of an answer that are worth stopping for when the client leaves."""


class Exchange:
    """One request and its answer, run inside a greenlet.

    States: nothing, `status` set by start_response, `started` once the head is on the wire.
    """

    __slots__ = (
        "body",
        "disconnected",
        "environ",
        "headers",
        "remaining",
        "send",
        "started",
        "status",
        "watcher",
    )

    def __init__(self, environ: Environ, body: Body, send: Send) -> None:
        self.environ = environ
        self.body = body
        self.send = send
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.remaining: int | None = None
        self.started = False
        self.disconnected = False
        self.watcher: asyncio.Task[None] | None = None

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Keep the head until the first chunk, as PEP 3333 asks."""
        if exc_info:
            if self.started:
                raise exc_info[1].with_traceback(exc_info[2])
        elif self.status:
            raise AssertionError("start_response was called twice")
        self.status = int(status[:3])
        self.headers, self.remaining = [], None
        for name, value in headers:
            key = _header_name(name)
            if key in SERVER_FIELDS:
                continue
            if key == b"content-length":
                self.remaining = int(value)
            self.headers.append((key, value.encode("latin-1")))
        return self.write

    def run(self, app: WSGI) -> None:
        """Call `app`, send what it returns, and close it whatever happens."""
        chunks = app(self.environ, self.start_response)
        try:
            self._watch()
            for chunk in chunks:
                self._watch()
                if self.has_no_body:
                    break
                if chunk and self.write(chunk):
                    return
            self._finish()
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()

    @property
    def has_no_body(self) -> bool:
        """Whether this answer has no body by the rules of RFC 9110, 6.4.1."""
        return self.environ["REQUEST_METHOD"] == "HEAD" or self.status in (204, 304)

    def write(self, chunk: bytes) -> bool:
        """Send one chunk; True when the declared length is reached and the answer is complete."""
        if self.remaining is not None:
            self.remaining -= len(chunk)
            if self.remaining <= 0:
                self._finish(chunk)
                return True
        drive(self._deliver(chunk, True))
        return False

    def _finish(self, chunk: bytes = b"") -> None:
        if self.unread:
            drive(self._deliver(chunk, True))
            drive(self.body.drain())
            chunk = b""
        drive(self._deliver(chunk, False))

    @property
    def unread(self) -> bool:
        """Whether some of the request is still on its way."""
        environ = self.environ
        if self.body.ended or "HTTP_EXPECT" in environ:
            return False
        return environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ

    async def _deliver(self, chunk: bytes, more: bool) -> None:
        if not self.started:
            if not self.status:
                raise AssertionError("the application never called start_response")
            self.started = True
            head = {"type": "http.response.start", "status": self.status, "headers": self.headers}
            await self.send(head)
        await self.send({"type": "http.response.body", "body": chunk, "more_body": more})
        if more:
            await asyncio.sleep(0)  # a fast generator must not keep the loop to itself

    def _watch(self) -> None:
        """Watch for the client to leave once the answer is long, or a stream of unknown length."""
        long = self.remaining is None or self.remaining > LARGE_BODY
        if self.watcher is None and self.status and long and not self.has_no_body:
            task = asyncio.current_task()
            assert task is not None
            self.watcher = asyncio.create_task(self._cancel_when_gone(task))

    async def _cancel_when_gone(self, task: asyncio.Task[Any]) -> None:
        await self.body.wait_for_disconnect()
        self.disconnected = True
        task.cancel()


@lru_cache(maxsize=1024)
def _header_name(name: str) -> bytes:
    return name.lower().encode("latin-1")
