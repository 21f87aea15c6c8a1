"""Sync code that awaits: the one place that touches greenlets.

SQLAlchemy's asyncio support is built on the same two functions, so its sessions nest inside ours.
"""

import asyncio
import functools
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.util.concurrency import await_ as _suspend
from sqlalchemy.util.concurrency import greenlet_spawn
from sqlalchemy.util.concurrency import in_greenlet as in_greenlet

T = TypeVar("T")
P = ParamSpec("P")

_OUTSIDE = (
    "await_() was called outside a request: only code that runs under board.loop.ASGI, a Socket.IO "
    "handler or board.loop.spawn() can await from sync code"
)


class NoGreenlet(RuntimeError):
    """Sync code tried to await where nothing can carry it."""


async def spawn(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run sync `function` on the loop in a greenlet, where it may call `await_`.

    `await spawn(client.get, "/")` is how an async test uses Flask's test client.
    """
    return await greenlet_spawn(function, *args, **kwargs)


def await_(awaitable: Awaitable[T]) -> T:
    """Wait for `awaitable` from sync code, and return its result or raise its error.

    Works at any depth: in a sync view, and in sync code called by a coroutine of the same request
    (an async view may call `request.get_json()`, which reads the body from the network).
    Raises NoGreenlet outside a request.
    """
    if not in_greenlet():
        if isinstance(awaitable, Coroutine):
            awaitable.close()
        raise NoGreenlet(_OUTSIDE)
    if isinstance(awaitable, types.CoroutineType):
        return drive(awaitable)
    return _suspend(awaitable)


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Step `coroutine` inside the running greenlet, leaving it only while there is something to wait for."""
    value: Any = None
    error: BaseException | None = None
    try:
        while True:
            try:
                waited = coroutine.send(value) if error is None else coroutine.throw(error)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
            value = error = None
            try:
                value = _suspend(_relay(waited))
            except BaseException as raised:  # noqa: BLE001 - cancellation belongs to the coroutine too
                error = raised
    finally:
        error = None  # a traceback that holds this frame would be a cycle


@types.coroutine
def _relay(waited: Any) -> Generator[Any, Any, Any]:
    return (yield waited)


class Done(Coroutine[Any, Any, T]):
    """A coroutine that is over: what a call that already happened gives to `await`."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __await__(self) -> Generator[Any, Any, T]:
        return self.value
        yield

    def send(self, _: Any) -> Any:
        raise StopIteration(self.value)

    def throw(self, error: Any, value: Any = None, traceback: Any = None) -> Any:  # noqa: ARG002
        raise error

    def close(self) -> None:
        return None


def settle(coroutine: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
    """Make `coroutine` usable with and without `await`.

    In a request or handler it happens now; in a plain task it is returned to be awaited; with no loop
    at all it runs to its end.
    """
    if in_greenlet():
        return Done(drive(coroutine))
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return Done(asyncio.run(coroutine))
    return coroutine


def threaded(function: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Turn a blocking function, view or handler into an async one that runs in a worker thread.

    Context variables (Flask's `request`, `g`, `session`) go with it. Inside the thread nothing can be
    awaited: a view that needs the request body reads it before.
    """

    @functools.wraps(function)
    async def in_thread(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(function, *args, **kwargs)

    return in_thread
