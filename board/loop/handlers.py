"""Calls of event handlers: sync or async, with the arguments that each takes."""

import inspect
from collections.abc import Callable
from typing import Any

from .bridge import drive

Handler = Callable[..., Any]


def call_handler(handler: Handler, *args: Any) -> Any:
    """Call a sync or async handler inside a greenlet and return its answer."""
    answer = handler(*args)
    return drive(answer) if inspect.iscoroutine(answer) else answer


def select_arguments(handler: Handler, message: str | None, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what `handler` takes: `auth` for connect, `reason` for disconnect, each only if it asks.

    Calling once and again with fewer arguments after a TypeError, as is usual, would run a handler that
    raises TypeError twice.
    """
    if message == "connect":
        args = args[1:2] or (None,)
    elif message != "disconnect":
        return args
    try:
        inspect.signature(handler).bind(*args)
    except TypeError:
        return ()
    return args


def called_from_coroutine() -> bool:
    """Return whether the nearest caller outside this package is an `async def`."""
    frame: Any = inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").startswith((__package__, "flask_socketio")):
        frame = frame.f_back
    return bool(frame and frame.f_code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR))


def list_sids(skip: Any) -> list[str]:
    """Return `skip_sid` as a list; it may be one id, several or None."""
    if skip is None:
        return []
    return list(skip) if isinstance(skip, (list, tuple)) else [skip]
