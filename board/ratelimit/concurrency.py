"""How many requests of sockets are handled at once, so that others find room in the database pool.

What is beyond somebody's share waits here, in the order in which it came, before it takes a connection: a person who
asks a lot costs nobody else anything.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from board.domain.errors import TooManyRequests

PER_HOLDER = 2
"""Requests of one person, over all their sockets, that are handled at once."""

QUEUE_MAX = 2000
"""Requests of one person that are handled or may wait; those beyond are refused."""


def slots_of_pool(pool_size: int) -> int:
    """Return how many connections sockets may take of a pool (which opens as many again when it is short of them)."""
    return max(1, pool_size // 2)


class _Queue:
    """The requests of one holder: `size` counts those that wait and those that are handled."""

    __slots__ = ("semaphore", "size")

    def __init__(self) -> None:
        self.size, self.semaphore = 0, asyncio.Semaphore(PER_HOLDER)


class ConcurrencyLimiter:
    """So many at once: `PER_HOLDER` of one holder (a person, or for guests an address), `in_all` of everybody."""

    def __init__(self, in_all: int) -> None:
        self._semaphore = asyncio.Semaphore(in_all)
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def slot(self, holder: str) -> AsyncIterator[None]:
        """Wait for a slot of the holder's, then for one of all. Raises TooManyRequests when too many wait already."""
        queue = self._queues.setdefault(holder, _Queue())
        if queue.size >= QUEUE_MAX:
            raise TooManyRequests(1)
        queue.size += 1
        try:
            async with queue.semaphore, self._semaphore:
                yield
        finally:
            queue.size -= 1
            if not queue.size:
                self._queues.pop(holder, None)
