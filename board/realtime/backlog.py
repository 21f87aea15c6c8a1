"""Messages on their way out: bounded by their bytes, the oldest give way."""

import asyncio
from collections import deque

Waiting = tuple[bytes, bool]
"""A message, and whether the sockets of this process have it already."""


class Backlog:
    """A queue that never makes its producer wait and never holds more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size, self.dropped = limit, 0, 0
        self._waiting: deque[Waiting] = deque()
        self._filled, self._settled = asyncio.Event(), asyncio.Event()
        self._settled.set()

    def put(self, message: bytes, delivered: bool) -> None:
        """Add a message; what is too much is dropped from the front."""
        self._waiting.append((message, delivered))
        self.size += len(message)
        while self.size > self.limit and len(self._waiting) > 1:
            self.size -= len(self._waiting.popleft()[0])
            self.dropped += 1
        self._filled.set()
        self._settled.clear()

    async def take(self) -> list[Waiting]:
        """Everything that waits, as soon as there is something."""
        await self._filled.wait()
        taken = list(self._waiting)
        self._waiting.clear()
        self.size = 0
        self._filled.clear()
        return taken

    def settle(self) -> None:
        """What was taken has left, or never will."""
        if not self._waiting:
            self._settled.set()

    async def wait_until_settled(self) -> None:
        """Return when nothing waits and nothing is on its way."""
        await self._settled.wait()
