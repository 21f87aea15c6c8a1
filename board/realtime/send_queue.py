"""A queue of messages to send, bounded by their bytes: when it is full, the oldest are dropped."""

import asyncio
from collections import deque

QueuedMessage = tuple[bytes, bool]
"""A message, and whether the sockets of this process have it already."""


class SendQueue:
    """A queue that never makes its producer wait and never holds more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size, self.dropped = limit, 0, 0
        self._messages: deque[QueuedMessage] = deque()
        self._not_empty, self._all_sent = asyncio.Event(), asyncio.Event()
        self._all_sent.set()

    def put(self, message: bytes, delivered: bool) -> None:
        """Add a message, and drop the oldest beyond the limit."""
        self._messages.append((message, delivered))
        self.size += len(message)
        while self.size > self.limit and len(self._messages) > 1:
            self.size -= len(self._messages.popleft()[0])
            self.dropped += 1
        self._not_empty.set()
        self._all_sent.clear()

    async def take_all(self) -> list[QueuedMessage]:
        """Wait for a message, then take and return all there are."""
        await self._not_empty.wait()
        taken = list(self._messages)
        self._messages.clear()
        self.size = 0
        self._not_empty.clear()
        return taken

    def mark_sent(self) -> None:
        """Note that what was taken is sent, or given up."""
        if not self._messages:
            self._all_sent.set()

    async def join(self) -> None:
        """Wait until everything is sent, as `asyncio.Queue.join` does."""
        await self._all_sent.wait()
