"""Finding tasks: filters, sorting, and pages by cursor."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.task import Task
from board.repository.folding import SortKey, contains
from board.repository.pages import choose, size_of
from board.repository.tables import task_assignees, task_labels, tasks
from board.repository.task_rows import LINKS, to_task
from board.repository.types import Moment
from board.service.ports import Page, TaskQuery

SORTS: dict[str, ColumnElement[Any]] = {
    "number": tasks.c.number,
    "position": tasks.c.position,
    "title": tasks.c.title,
    "created_at": tasks.c.created_at,
    "updated_at": tasks.c.updated_at,
    "due_at": tasks.c.due_at,
}
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
COMPARED = {name: column.type for name, column in SORTS.items()}


async def find_tasks(connection: AsyncConnection, board_id: str, query: TaskQuery) -> Page[Task]:
    """Return the tasks of a board that match, a page of them."""
    sized = select(tasks.c.id, size_of(tasks.c.title, tasks.c.description))
    sized = _seek(sized.where(tasks.c.board_id == board_id, *_filters(query)), query)
    ids, more = await choose(connection, sized.order_by(*_order(query)), query.limit)
    statement = select(*tasks.c, *LINKS).where(tasks.c.board_id == board_id, tasks.c.id.in_(ids))
    rows = (await connection.execute(statement.order_by(*_order(query)))).mappings()
    return Page([to_task(row) for row in rows], more)


def _filters(query: TaskQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.text:
        found.append(or_(contains(tasks.c.title, query.text), contains(tasks.c.description, query.text)))
    if query.column_id:
        found.append(tasks.c.column_id == query.column_id)
    if query.label_id:
        found.append(
            tasks.c.id.in_(select(task_labels.c.task_id).where(task_labels.c.label_id == query.label_id))
        )
    if query.assignee_id:
        theirs = select(task_assignees.c.task_id).where(task_assignees.c.user_id == query.assignee_id)
        found.append(tasks.c.id.in_(theirs))
    if query.due_before:
        found.append(tasks.c.due_at < query.due_before)
    if query.due_after:
        found.append(tasks.c.due_at >= query.due_after)
    for flag, column in ((query.completed, tasks.c.completed_at), (query.archived, tasks.c.archived_at)):
        if flag is not None:
            found.append(column.is_not(None) if flag else column.is_(None))
    return found


def _order(query: TaskQuery) -> tuple[ColumnElement[Any], ...]:
    """By the column, then by id; tasks without a value there come last."""
    key = _key(query, SORTS[query.sort])
    return (key.desc(), tasks.c.id.desc()) if query.descending else (key, tasks.c.id)


def _seek(statement: Select[Any], query: TaskQuery) -> Select[Any]:
    """Return what comes after the cursor, which names the last one seen."""
    if query.cursor is None:
        return statement
    value, id = query.cursor
    here = tuple_(_key(query, literal(value, COMPARED[query.sort])), id)
    there = tuple_(_key(query, SORTS[query.sort]), tasks.c.id)
    return statement.where(there < here if query.descending else there > here)


def _key(query: TaskQuery, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what a value sorts by. The database makes it of the cursor's too."""
    if query.sort == "title":
        return SortKey(value)
    if query.sort == "due_at":
        return func.coalesce(value, literal(EARLIEST if query.descending else LATEST, Moment))
    return value
