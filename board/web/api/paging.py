"""Cursors: where the last page ended, opaque to clients."""

import base64
import binascii
from datetime import datetime
from typing import Any

import orjson

from board.domain.errors import Invalid
from board.domain.task import Task
from board.web.json import encode
from board.wire.present import present
from board.wire.requests import TasksQuery

_WRONG = Invalid.field("cursor", "Give a `next_cursor` of the same list, sorted the same way.")


def page(found: list[Task], query: TasksQuery) -> dict[str, Any]:
    """A page of the tasks found, one of which may be there only to tell that there is more."""
    shown = found[: query.limit]
    cursor = None
    if len(found) > query.limit:
        last = shown[-1]
        value = last.title.lower() if query.sort == "title" else getattr(last, query.sort)
        cursor = base64.urlsafe_b64encode(encode([query.sort, value, last.id])).decode()
    return {"items": present(shown), "next_cursor": cursor}


def read_cursor(query: TasksQuery) -> tuple[Any, ...] | None:
    """The sort value and the id that a cursor names."""
    if query.cursor is None:
        return None
    try:
        sort, value, id = orjson.loads(base64.urlsafe_b64decode(query.cursor))
        value = datetime.fromisoformat(value) if query.sort.endswith("_at") else value
    except (ValueError, TypeError, binascii.Error) as error:
        raise _WRONG from error
    expected = int if query.sort == "number" else datetime if query.sort.endswith("_at") else str
    if sort != query.sort or not isinstance(value, expected) or not isinstance(id, str):
        raise _WRONG
    return value, id
