"""Small pieces of work after an answer: nobody waits for them, and how long they take tells nobody anything."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)

WAITING_MAX = 1000
"""Tasks that may be under way at once."""
GRACE = 5.0
"""Seconds that they have at the end of the program."""


class BackgroundTasks:
    """Runs coroutines on the loop, one failure never touching another; a crash of the process loses them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        """Do it soon; not at all, and with a line in the log, when too much waits already."""
        if len(self._tasks) >= WAITING_MAX:
            work.close()
            log.error("background_tasks.dropped", task=name, cause=f"{WAITING_MAX} tasks wait already")
            return
        task = asyncio.get_running_loop().create_task(_watch(name, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until all that was asked for is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Give what is under way a moment, then end it."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.drain(), GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _watch(name: str, work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Exception:
        log.exception("background_tasks.failed", task=name)
