"""How many questions of sockets are being answered at once, so that requests find room in the database pool.

Asking often costs nobody else anything: what is beyond somebody's share waits here, in the order in which it came,
before it takes a connection.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from board.domain.errors import TooManyRequests

EACH = 2
"""Questions of one person, over all their sockets, that are answered at once."""

LINE = 2000
"""Questions of one person that may wait; those beyond are refused."""


def share_of(pool_size: int) -> int:
    """Connections that sockets may take of a pool (which opens as many again when it is short of them)."""
    return max(1, pool_size // 2)


class Line:
    """The questions of one holder: `size` counts those that wait and those that are being answered."""

    __slots__ = ("size", "turns")

    def __init__(self) -> None:
        self.size, self.turns = 0, asyncio.Semaphore(EACH)


class Turns:
    """So many questions at once: `EACH` of one holder (a person, or for guests an address), `in_all` of everybody."""

    def __init__(self, in_all: int) -> None:
        self._all = asyncio.Semaphore(in_all)
        self._lines: dict[str, Line] = {}

    @asynccontextmanager
    async def turn(self, holder: str) -> AsyncIterator[None]:
        """Wait for the holder's turn, then for one of all turns. Raises TooManyRequests when too many wait already."""
        line = self._lines.setdefault(holder, Line())
        if line.size >= LINE:
            raise TooManyRequests(1)
        line.size += 1
        try:
            async with line.turns, self._all:
                yield
        finally:
            line.size -= 1
            if not line.size:
                self._lines.pop(holder, None)
