"""Cursors of lists that are sorted by when a thing was made, or by its place."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import orjson

from board.domain.errors import Invalid
from board.service.ports import Page
from board.web.json import encode
from board.wire.present import present

T = TypeVar("T")


def page(found: Page[T], key: Callable[[T], tuple[Any, str]]) -> dict[str, Any]:
    """A page of a list, with the cursor of the next one; `key` is what the list is sorted by."""
    cursor = base64.urlsafe_b64encode(encode(key(found.items[-1]))).decode() if found.more else None
    return {"items": present(found.items), "next_cursor": cursor}


def by_moment(thing: Any) -> tuple[datetime, str]:
    """When a thing was made, and its id."""
    return thing.created_at, thing.id


def read_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The time and the id that a cursor names; Invalid when it is none of ours."""
    named = read_place(cursor)
    if named is None:
        return None
    try:
        moment = datetime.fromisoformat(named[0])
    except ValueError as error:
        raise _wrong() from error
    if moment.tzinfo is None:
        raise _wrong()
    return moment, named[1]


def read_place(cursor: str | None) -> tuple[str, str] | None:
    """The text that the list is sorted by and the id that a cursor names; Invalid when it is none of ours."""
    if cursor is None:
        return None
    try:
        place, id = orjson.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError, binascii.Error) as error:
        raise _wrong() from error
    if not isinstance(place, str) or not isinstance(id, str) or "\x00" in place + id:
        raise _wrong()
    return place, id


def _wrong() -> Invalid:
    return Invalid.field("cursor", "Give a `next_cursor` of the same list.")
