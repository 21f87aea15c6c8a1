"""A large document as a stream of its parts, so that never all of it has to be in memory."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

Part = tuple[str, Any]
"""The name of a section, and its value or one of its rows; the first row of a section that is a list is None."""


async def list_parts(
    section: str, fetch: Callable[[T | None], Awaitable[tuple[Sequence[Any], T | None]]]
) -> AsyncIterator[Part]:
    """Yield a section that is a list, page by page.

    `fetch` returns a page and the cursor of the next, None on the last.
    """
    yield section, None
    cursor: T | None = None
    while True:
        rows, cursor = await fetch(cursor)
        for row in rows:
            yield section, row
        if cursor is None:
            return
