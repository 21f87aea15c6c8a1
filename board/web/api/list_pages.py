"""Pages of lists that are sorted by when a thing was made, or by its place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from board.service.ports import Page
from board.web import cursors
from board.web.cursors import refuse_cursor, write_cursor
from board.wire.present import present

T = TypeVar("T")


def page(found: Page[T], key: Callable[[T], tuple[Any, str]]) -> dict[str, Any]:
    """Return a page of a list, with the cursor of the next one; `key` is what the list is sorted by."""
    cursor = write_cursor(*key(found.items[-1])) if found.more else None
    return {"items": present(found.items), "next_cursor": cursor}


def by_creation(thing: Any) -> tuple[datetime, str]:
    """Return when a thing was made, and its id."""
    return thing.created_at, thing.id


def read_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the time and the id that a cursor names; Invalid when it is none of ours."""
    named = read_position_cursor(cursor)
    if named is None:
        return None
    try:
        moment = datetime.fromisoformat(named[0])
    except ValueError as error:
        raise refuse_cursor() from error
    if moment.tzinfo is None:
        raise refuse_cursor()
    return moment, named[1]


def read_position_cursor(cursor: str | None) -> tuple[str, str] | None:
    """Return the text that the list is sorted by and the id that a cursor names; Invalid when it is none of ours."""
    if cursor is None:
        return None
    position, id = cursors.read_cursor(cursor, 2)
    if not isinstance(position, str) or not isinstance(id, str) or "\x00" in position + id:
        raise refuse_cursor()
    return position, id
