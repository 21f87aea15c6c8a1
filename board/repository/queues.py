"""Who waits for a board waits here, not in one of the database's connections: of those there are few.

A row that somebody holds for ever then costs its own board a few seconds for each change, and other boards nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from board.domain.errors import LockTimeout, Unavailable
from board.domain.messages import msg

QUEUE_MAX = 200
"""Changes of one board that may wait for their turn; who comes after them is told so at once."""

WAIT_SECONDS = 5.0
"""Seconds that they wait."""

QUEUE_FULL = msg("Too many changes of this board wait already. Try again in a moment.")


class _Queue:
    def __init__(self, slots: int) -> None:
        self.slots = asyncio.Semaphore(slots)
        self.count = 0


class BoardQueues:
    """One queue for each key, a board's id for instance; `slots` is how many of it may be served at once.

    A key whose row could not be had in time counts as stuck until somebody has it: the next ones don't wait for it.
    """

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._queues: dict[str, _Queue] = {}
        self._stuck: set[str] = set()

    @asynccontextmanager
    async def slot(self, key: str, wait: bool = True) -> AsyncIterator[bool]:
        """Wait for a place; tells whether the key is stuck. Raises Unavailable, at once or after WAIT_SECONDS."""
        queue = self._queues.setdefault(key, _Queue(self.slots))
        if queue.count >= self.slots + (QUEUE_MAX if wait else 0):
            raise Unavailable(QUEUE_FULL)
        queue.count += 1
        try:
            await self._acquire(queue)
            try:
                with self._tracking_stuck(key) as stuck:
                    yield stuck
            finally:
                queue.slots.release()
        finally:
            queue.count -= 1
            if not queue.count:
                del self._queues[key]

    @contextmanager
    def _tracking_stuck(self, key: str) -> Iterator[bool]:
        """Yield whether the key is stuck, and mark it so when a wait for it fails, until somebody has it."""
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

    async def _acquire(self, queue: _Queue) -> None:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await queue.slots.acquire()
        except TimeoutError:
            raise Unavailable(QUEUE_FULL) from None
