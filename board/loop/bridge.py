"""Sync code that awaits: the one place that touches greenlets.

Sync code runs in a greenlet whose parent is the task on the loop. To wait, it switches to the
parent with something to await; the parent awaits it and switches back. SQLAlchemy's asyncio support works
the same way and knows such a greenlet by the same mark, so its sessions nest inside.
"""

import asyncio
import functools
import threading
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Final, ParamSpec, TypeVar, cast

from greenlet import GreenletExit, getcurrent, greenlet  # type: ignore[import-untyped]

T = TypeVar("T")
P = ParamSpec("P")

POOL_SIZE: Final = 256
"""Idle greenlets that a thread keeps."""

_OUTSIDE: Final = (
    f"await_() was called outside a request: only code that runs under {__package__}.ASGI, a Socket.IO "
    f"handler or {__package__}.spawn() can await from sync code"
)


class NoGreenlet(RuntimeError):
    """Sync code tried to await where nothing can carry it."""


class PooledGreenlet(greenlet):  # type: ignore[misc]
    """A greenlet that runs one function after another.

    A new greenlet costs a memory mapping of the interpreter's (8 us here), a used one 1 us.
    """

    __sqlalchemy_greenlet_provider__ = True

    busy = False
    error: BaseException | None = None

    def run(self, function: Callable[[], Any] | None) -> Any:
        """Run what the parent switches in, switch back with the result, and wait for the next."""
        result: Any = None
        while function is not None:
            try:
                result = function()
            except GreenletExit:
                raise  # nobody will ever ask for the result
            except BaseException as error:  # noqa: BLE001 - it is raised again in the parent
                self.error = error
            self.busy = False
            function, result = self._return_result(result), None
        return result

    def _return_result(self, result: Any) -> Callable[[], Any] | None:
        assert self.parent is not None
        function: Callable[[], Any] | None = self.parent.switch(result)
        return function


class _Pool(threading.local):
    """The idle greenlets of a thread; a greenlet never leaves its thread."""

    def __init__(self) -> None:
        self.idle: list[PooledGreenlet] = []


_pool = _Pool()


def in_greenlet() -> bool:
    """Return whether sync code may await here."""
    return getattr(getcurrent(), "__sqlalchemy_greenlet_provider__", False)


async def spawn(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run sync `function` on the loop in a greenlet, where it may call `await_`.

    `await spawn(client.get, "/")` is how an async test uses Flask's test client.
    """
    if args or kwargs:
        function = functools.partial(function, *args, **kwargs)
    parent = getcurrent()
    idle = _pool.idle
    runner = idle.pop() if idle else PooledGreenlet()
    runner.parent, runner.gr_context, runner.busy = parent, parent.gr_context, True
    result = runner.switch(function)
    while runner.busy:
        try:
            value = await result
        except BaseException as raised:  # noqa: BLE001 - cancellation belongs to the function too
            result = runner.throw(raised)
        else:
            result = runner.switch(value)
    runner.gr_context = None
    error, runner.error = runner.error, None
    if len(idle) < POOL_SIZE:
        idle.append(runner)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


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
        return drive(cast("Coroutine[Any, Any, T]", awaitable))
    result: T = _suspend(awaitable)
    return result


def _suspend(awaitable: Any) -> Any:
    parent = getcurrent().parent
    assert parent is not None
    return parent.switch(awaitable)


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
                value = _suspend(_yield_to_loop(waited))
            except BaseException as raised:  # noqa: BLE001 - cancellation belongs to the coroutine too
                error = raised
    finally:
        error = None  # a traceback that holds this frame would be a cycle


@types.coroutine
def _yield_to_loop(waited: Any) -> Generator[Any, Any, Any]:
    return (yield waited)


class Completed(Coroutine[Any, Any, T]):
    """A coroutine that is over: what a call that already happened gives to `await`."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __await__(self) -> Generator[Any, Any, T]:
        yield from ()
        return self.value

    def send(self, _: Any) -> Any:
        raise StopIteration(self.value)

    def throw(self, error: Any, value: Any = None, traceback: Any = None) -> Any:  # noqa: ARG002
        raise error

    def close(self) -> None:
        return None


def run_or_return(coroutine: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
    """Make `coroutine` usable with and without `await`.

    In a request or handler it happens now; in a plain task it is returned to be awaited; with no loop
    at all it runs to its end.
    """
    if in_greenlet():
        return Completed(drive(coroutine))
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return Completed(asyncio.run(coroutine))
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
