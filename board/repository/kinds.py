"""The kinds of things that belong to a board: their tables, what they hang on, how siblings sort."""

from typing import Any, NamedTuple

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.board import Column, Label
from board.domain.task import Attachment, Checklist, Comment, Item, Task
from board.repository import tables
from board.repository.rows import SqlRows


class Kind(NamedTuple):
    """A table, the dataclass of its rows, and the names of the columns of parent and order."""

    table: Table
    make: type[Any]
    parent: str
    order: str


KINDS = {
    "column": Kind(tables.columns, Column, "board_id", order="position"),
    "task": Kind(tables.tasks, Task, "column_id", order="position"),
    "label": Kind(tables.labels, Label, "board_id", order="created_at"),
    "checklist": Kind(tables.checklists, Checklist, "task_id", order="position"),
    "item": Kind(tables.items, Item, "checklist_id", order="position"),
    "comment": Kind(tables.comments, Comment, "task_id", order="created_at"),
    "attachment": Kind(tables.attachments, Attachment, "task_id", order="created_at"),
}


def rows_of(connection: AsyncConnection, board_id: str, kind: str, parent: str | None = None) -> SqlRows[Any]:
    """Return the things of a kind on a board; `parent` names another column than the usual one to hang them on."""
    table, make, usual, order = KINDS[kind]
    return SqlRows(connection, board_id, table, make=make, parent=parent or usual, order=order)
