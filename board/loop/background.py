"""Background tasks, as Flask-SocketIO names them, on the loop."""

import asyncio
import contextvars
from collections.abc import Callable, Generator
from typing import Any

from .bridge import run_or_return, spawn
from .handlers import call_handler

_running: set["BackgroundTask"] = set()


class BackgroundTask:
    """A running function; `await` it or `join()` it for its end, `cancel()` it to stop it.

    Starts with no context variables: a request that is over must not be reachable from it.
    """

    def __init__(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        def call() -> Any:
            return target(*args, **kwargs)

        loop = asyncio.get_running_loop()
        self.task = loop.create_task(spawn(call_handler, call), context=contextvars.Context())
        _running.add(self)
        self.task.add_done_callback(lambda _: _running.discard(self))

    def __await__(self) -> Generator[Any, Any, Any]:
        return self.task.__await__()

    def join(self, timeout: float | None = None) -> Any:
        """Wait until it has ended or `timeout` seconds are over; works with and without `await`."""
        return run_or_return(self._wait(timeout))

    async def _wait(self, timeout: float | None) -> None:  # noqa: ASYNC109 - the signature of Thread.join
        await asyncio.wait([self.task], timeout=timeout)

    def cancel(self) -> None:
        """Cancel it at its next wait."""
        self.task.cancel()
