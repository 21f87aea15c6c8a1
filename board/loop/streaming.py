"""Async generators as response bodies."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any, Generic, TypeVar

from .bridge import drive, in_greenlet

T = TypeVar("T")


class stream(Generic[T], Iterator[T]):  # noqa: N801 - reads as a verb: Response(stream(rows()))
    """Iterate an async iterator from sync code: `Response(stream(rows()), mimetype="text/csv")`.

    `close()`, called by the server at the end or when the client leaves, closes the async generator.
    With no loop (Flask's test client) it brings one of its own.
    """

    def __init__(self, source: AsyncIterator[T]) -> None:
        self._source = source
        self._runner: asyncio.Runner | None = None

    def __next__(self) -> T:
        try:
            return self._wait(self._advance())
        except StopAsyncIteration:
            raise StopIteration from None

    def close(self) -> None:
        """Close the async iterator; harmless when repeated."""
        close = getattr(self._source, "aclose", None)
        if close is not None:
            self._wait(_await(close))
        if self._runner is not None:
            self._runner.close()
            self._runner = None

    async def _advance(self) -> T:
        return await anext(self._source)

    def _wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        if in_greenlet():
            return drive(coroutine)
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(coroutine)


async def _await(function: Any) -> Any:
    return await function()
