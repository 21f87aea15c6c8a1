"""Pages of tasks, which are sorted as the client asks."""

import re
from datetime import datetime
from typing import Any

from board.domain.messages import msg
from board.domain.task import Task
from board.service.ports import Page
from board.web import cursors
from board.web.cursors import refuse_cursor, write_cursor
from board.wire.fields import UUID_PATTERN
from board.wire.present import present
from board.wire.tasks import TasksQuery

_ID = re.compile(UUID_PATTERN)
_SAME_ORDER = msg("Give a `next_cursor` of the same list, sorted the same way.")


def page(found: Page[Task], query: TasksQuery) -> dict[str, Any]:
    """Return a page of the tasks found, with the cursor of the next one."""
    cursor = None
    if found.more:
        last = found.items[-1]
        cursor = write_cursor(query.sort, getattr(last, query.sort), last.id)
    return {"items": present(found.items), "next_cursor": cursor}


def read_cursor(query: TasksQuery) -> tuple[Any, ...] | None:
    """Return the sort value and the id that a cursor names."""
    if query.cursor is None:
        return None
    sort, value, id = cursors.read_cursor(query.cursor, 3, _SAME_ORDER)
    try:
        value = datetime.fromisoformat(value) if sort.endswith("_at") and value is not None else value
    except (ValueError, TypeError, AttributeError) as error:
        raise refuse_cursor(_SAME_ORDER) from error
    if sort != query.sort or not _fits(sort, value) or not isinstance(id, str) or not _ID.fullmatch(id):
        raise refuse_cursor(_SAME_ORDER)
    return value, id


def _fits(sort: str, value: Any) -> bool:
    """Return whether the database can compare a value with the column; a cursor can be made by hand."""
    if sort == "number":
        return type(value) is int and 0 <= value < 2**31
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return sort == "due_at" if value is None else isinstance(value, str) and "\x00" not in value
