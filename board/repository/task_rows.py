"""Tasks, with the labels and people on them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ScalarSelect, Select, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.task import Task
from board.repository.rows import SqlRows
from board.repository.tables import task_assignees, task_labels, tasks


def linked_ids(link: Table, name: str) -> ScalarSelect[str]:
    """Return the ids that a link table holds for each selected task, joined by commas; NULL for none."""
    chosen = select(func.aggregate_strings(link.c[name], ",")).where(link.c.task_id == tasks.c.id)
    return chosen.correlate(tasks).scalar_subquery()


def split_ids(joined: str | None) -> tuple[str, ...]:
    """Return the ids of `linked_ids`, sorted."""
    return tuple(sorted(joined.split(","))) if joined else ()


TASK_COLUMNS = [column for column in tasks.c if column.name != "description"]
LINKED = ((task_labels, "label_id", "label_ids"), (task_assignees, "user_id", "assignee_ids"))
"""The tables that hold a task's labels and people, by which column, and the field that they make."""

LINKS = [linked_ids(link, column).label(field) for link, column, field in LINKED]


def to_task(row: Any) -> Task:
    """Return a task of a row of all its columns and LINKS."""
    values = dict(row)
    for _, _, field in LINKED:
        values[field] = split_ids(values[field])
    return Task(**values)


class SqlTaskRows(SqlRows[Task]):
    """Tasks of one board; they hang on columns."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        super().__init__(connection, board_id, tasks, make=Task, parent="column_id", order="position")

    async def add(self, *things: Task) -> None:
        """Store new tasks, with the labels and people on them."""
        await super().add(*things)
        for link, column, field in LINKED:
            pairs = [(task.id, id) for task in things for id in getattr(task, field)]
            await self._link(link, column, pairs)

    async def save(self, before: Task, after: Task) -> None:
        """Store the columns that differ, and the labels and people that came or went."""
        await super().save(before, after)
        for link, column, field in LINKED:
            old, new = set(getattr(before, field)), set(getattr(after, field))
            await self._link(link, column, [(after.id, id) for id in sorted(new - old)])
            if gone := old - new:
                theirs = (link.c.board_id == self.board_id, link.c.task_id == after.id)
                await self.connection.execute(delete(link).where(*theirs, link.c[column].in_(gone)))

    async def unassign(self, user_id: str) -> None:
        """Take every task of the board from a person."""
        theirs = (task_assignees.c.board_id == self.board_id, task_assignees.c.user_id == user_id)
        await self.connection.execute(delete(task_assignees).where(*theirs))

    async def with_label(self, label_id: str) -> list[Task]:
        """Return the tasks that carry a label."""
        return await self._linked(task_labels, "label_id", label_id)

    async def with_assignee(self, user_id: str) -> list[Task]:
        """Return the tasks that a person has."""
        return await self._linked(task_assignees, "user_id", user_id)

    @classmethod
    def _select_all(cls, table: Table) -> Select[Any]:
        return select(*table.c, *LINKS)

    async def _fetch(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> list[Task]:
        return [to_task(row) for row in (await self.connection.execute(query, values)).mappings()]

    async def _link(self, link: Table, column: str, pairs: list[tuple[str, str]]) -> None:
        if pairs:
            values = [{"board_id": self.board_id, "task_id": task, column: id} for task, id in pairs]
            await self.connection.execute(insert(link), values)

    async def _linked(self, link: Table, name: str, value: str) -> list[Task]:
        ids = select(link.c.task_id).where(link.c.board_id == self.board_id, link.c[name] == value)
        return await self._fetch(self._select().where(tasks.c.id.in_(ids)).order_by(*self.order))
