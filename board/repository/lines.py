"""Who waits for a board waits here, not in one of the database's connections: of those there are few.

A row that somebody holds for ever then costs its own board a few seconds for each change, and other boards nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from board.domain.errors import LockTimeout, Unavailable

WAITING = 200
"""Changes of one board that may wait for their turn; who comes after them is told so at once."""

PATIENCE = 5.0
"""Seconds that they wait."""

CROWDED = "Too many changes of this board wait already. Try again in a moment."


class _Line:
    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.people = 0


class Lines:
    """One line for each key, a board's id for instance; `places` is how many of it may be served at once.

    A key whose row could not be had in time counts as stuck until somebody has it: the next ones don't wait for it.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self._lines: dict[str, _Line] = {}
        self._stuck: set[str] = set()

    @asynccontextmanager
    async def turn(self, key: str, wait: bool = True) -> AsyncIterator[bool]:
        """Wait for a place; tells whether the key is stuck. Raises Unavailable, at once or after PATIENCE."""
        line = self._lines.setdefault(key, _Line(self.places))
        if line.people >= self.places + (WAITING if wait else 0):
            raise Unavailable(CROWDED)
        line.people += 1
        try:
            await self._step_up(line)
            try:
                with self._watching(key) as stuck:
                    yield stuck
            finally:
                line.places.release()
        finally:
            line.people -= 1
            if not line.people:
                del self._lines[key]

    @contextmanager
    def _watching(self, key: str) -> Iterator[bool]:
        """Whether the key is stuck; it is from here on when a wait for it had no end, until somebody has it."""
        stuck = key in self._stuck
        try:
            yield stuck
        except Unavailable as error:
            if isinstance(error, LockTimeout) and not stuck:
                self._stuck.add(key)
            raise
        except BaseException:
            self._stuck.discard(key)
            raise
        self._stuck.discard(key)

    async def _step_up(self, line: _Line) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await line.places.acquire()
        except TimeoutError:
            raise Unavailable(CROWDED) from None
