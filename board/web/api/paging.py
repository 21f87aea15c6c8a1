"""Cursors: where the last page ended, opaque to clients."""

import base64
import binascii
import re
from datetime import datetime
from typing import Any

import orjson

from board.domain.errors import Invalid
from board.domain.task import Task
from board.service.ports import Page
from board.web.json import encode
from board.wire.fields import UUID_PATTERN
from board.wire.present import present
from board.wire.tasks import TasksQuery

_ID = re.compile(UUID_PATTERN)
_WRONG = Invalid.field("cursor", "Give a `next_cursor` of the same list, sorted the same way.")


def page(found: Page[Task], query: TasksQuery) -> dict[str, Any]:
    """A page of the tasks found, with the cursor of the next one."""
    cursor = None
    if found.more:
        last = found.items[-1]
        content = encode([query.sort, getattr(last, query.sort), last.id])
        cursor = base64.urlsafe_b64encode(content).decode()
    return {"items": present(found.items), "next_cursor": cursor}


def read_cursor(query: TasksQuery) -> tuple[Any, ...] | None:
    """The sort value and the id that a cursor names."""
    if query.cursor is None:
        return None
    try:
        sort, value, id = orjson.loads(base64.urlsafe_b64decode(query.cursor))
        value = datetime.fromisoformat(value) if sort.endswith("_at") and value is not None else value
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise _WRONG from error
    if sort != query.sort or not _fits(sort, value) or not isinstance(id, str) or not _ID.fullmatch(id):
        raise _WRONG
    return value, id


def _fits(sort: str, value: Any) -> bool:
    """Whether the database can compare a value with the column; a cursor can be made by hand."""
    if sort == "number":
        return type(value) is int and 0 <= value < 2**31
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return sort == "due_at" if value is None else isinstance(value, str) and "\x00" not in value
