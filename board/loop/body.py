"""The request body as a blocking stream that awaits the network."""

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge, RequestTimeout

from .bridge import await_

Receive = Callable[[], Awaitable[Any]]
READ_AHEAD: Final = 65_536
DRAIN_SECONDS: Final = 1.0
READ_TIMEOUT: Final = 30.0
MIN_RATE: Final = 1024.0
"""Bytes a second that a body must arrive with, after the seconds above: a client that drips its body to hold the
connection open is let go."""


class Body(io.RawIOBase):
    """`wsgi.input`: pulls the next message from the server only when somebody reads.

    Nothing is kept beyond the message at hand, so a slow reader slows the sender. Raises
    ClientDisconnected when the client leaves before the end, RequestEntityTooLarge beyond `limit` bytes, and
    RequestTimeout when they come too slowly.
    """

    limit: int | None = None

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._buffer = b""
        self._received = 0
        self._began = 0.0
        self.ended = False
        self._disconnected = False
        self._watched: asyncio.Event | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            return self._read_all()
        while not self._buffer and self._fill():
            pass
        chunk, self._buffer = self._buffer[:size], self._buffer[size:]
        return chunk

    def readinto(self, target: Any, /) -> int:
        chunk = self.read(len(target))
        target[: len(chunk)] = chunk
        return len(chunk)

    def readline(self, size: int | None = -1, /) -> bytes:
        limit = -1 if size is None else size
        while b"\n" not in self._buffer and not 0 <= limit <= len(self._buffer) and self._fill():
            pass
        end = self._buffer.find(b"\n") + 1 or len(self._buffer)
        return self.read(end if limit < 0 else min(end, limit))

    def readall(self) -> bytes:
        return self._read_all()

    def _read_all(self) -> bytes:
        chunks = [self._buffer]
        self._buffer = b""
        while self._fill():
            chunks.append(self._buffer)
            self._buffer = b""
        return b"".join(chunks)

    def _fill(self) -> bool:
        """Append the next message to the buffer; False at the end of the body."""
        if self.ended:
            return False
        if self._watched is not None:
            self._watched.clear()
            await_(self._watched.wait())
        else:
            self._accept(await_(self._receive_in_time()))
        if self._disconnected:
            raise ClientDisconnected
        if self.limit is not None and self._received > self.limit:
            raise too_large(self.limit)
        return True

    async def _receive_in_time(self) -> Any:
        moment = time.monotonic()
        self._began = self._began or moment
        left = READ_TIMEOUT + self._received / MIN_RATE - (moment - self._began)
        try:
            async with asyncio.timeout(max(left, 0)):
                return await self._receive()
        except TimeoutError:
            raise RequestTimeout(
                f"The body has to arrive within {READ_TIMEOUT:.0f} seconds, or at {MIN_RATE:,.0f} bytes a second."
            ) from None

    def _accept(self, message: Any) -> None:
        if message["type"] == "http.disconnect":
            self._disconnected = self.ended = True
            return
        chunk = message.get("body", b"")
        self._received += len(chunk)
        self._buffer += chunk
        self.ended = not message.get("more_body", False)

    async def drain(self) -> None:
        """Throw away the rest of a short body, so that the client can read its answer before the close."""
        before = self._received
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self.ended and self._watched is None and self._received - before < READ_AHEAD:
                    self._accept(await self._receive())
                    self._buffer = b""

    async def wait_for_disconnect(self) -> None:
        """Return when the client has left; what arrives of the body meanwhile is kept, to a limit."""
        self._watched = asyncio.Event()
        try:
            while not self._disconnected:
                if len(self._buffer) > READ_AHEAD:
                    await asyncio.sleep(0.05)
                    continue
                self._accept(await self._receive())
                self._watched.set()
        finally:
            self._watched.set()
            self._watched = None


def too_large(limit: int) -> RequestEntityTooLarge:
    """Return the refusal of a body beyond so many bytes."""
    return RequestEntityTooLarge(f"A request may have at most {limit:,} bytes here.")
