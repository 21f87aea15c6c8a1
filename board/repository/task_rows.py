"""Tasks, with the labels and people on them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ScalarSelect, Select, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.task import Task
from board.repository.rows import SqlRows
from board.repository.tables import task_assignees, task_labels, tasks


def linked_ids(link: Table, name: str) -> ScalarSelect[str]:
    """The ids that a link table holds for each selected task, joined by commas; NULL for none."""
    chosen = select(func.aggregate_strings(link.c[name], ",")).where(link.c.task_id == tasks.c.id)
    return chosen.correlate(tasks).scalar_subquery()


def split_ids(joined: str | None) -> tuple[str, ...]:
    """The ids of `linked_ids`, sorted."""
    return tuple(sorted(joined.split(","))) if joined else ()


TASK_COLUMNS = [column for column in tasks.c if column.name != "description"]
LINKS = [
    linked_ids(task_labels, "label_id").label("label_ids"),
    linked_ids(task_assignees, "user_id").label("assignee_ids"),
]


def to_task(row: Any) -> Task:
    """A task of a row of all its columns and LINKS."""
    values = dict(row)
    values["label_ids"] = split_ids(values["label_ids"])
    values["assignee_ids"] = split_ids(values["assignee_ids"])
    return Task(**values)


class SqlTaskRows(SqlRows[Task]):
    """Tasks of one board; they hang on columns."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        super().__init__(connection, board_id, tasks, Task, "column_id", "position")

    async def link_label(self, task_id: str, label_id: str) -> None:
        """Put a label on a task."""
        await self._link(task_labels, task_id, label_id=label_id)

    async def unlink_label(self, task_id: str, label_id: str) -> None:
        """Take a label off a task."""
        await self._unlink(task_labels, task_id, label_id=label_id)

    async def link_assignee(self, task_id: str, user_id: str) -> None:
        """Give a task to a person."""
        await self._link(task_assignees, task_id, user_id=user_id)

    async def unlink_assignee(self, task_id: str, user_id: str) -> None:
        """Take a task from a person."""
        await self._unlink(task_assignees, task_id, user_id=user_id)

    async def unassign(self, user_id: str) -> None:
        """Take every task of the board from a person."""
        theirs = (task_assignees.c.board_id == self.board_id, task_assignees.c.user_id == user_id)
        await self.connection.execute(delete(task_assignees).where(*theirs))

    async def with_label(self, label_id: str) -> list[Task]:
        """The tasks that carry a label."""
        return await self._linked(task_labels, "label_id", label_id)

    async def with_assignee(self, user_id: str) -> list[Task]:
        """The tasks that a person has."""
        return await self._linked(task_assignees, "user_id", user_id)

    @classmethod
    def _select_all(cls, table: Table) -> Select[Any]:
        return select(*table.c, *LINKS)

    async def _fetch(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> list[Task]:
        return [to_task(row) for row in (await self.connection.execute(query, values)).mappings()]

    async def _link(self, link: Table, task_id: str, **other: str) -> None:
        await self.connection.execute(insert(link).values(board_id=self.board_id, task_id=task_id, **other))

    async def _unlink(self, link: Table, task_id: str, **other: str) -> None:
        await self.connection.execute(
            delete(link).where(link.c.board_id == self.board_id).filter_by(task_id=task_id, **other)
        )

    async def _linked(self, link: Table, name: str, value: str) -> list[Task]:
        ids = select(link.c.task_id).where(link.c.board_id == self.board_id, link.c[name] == value)
        return await self._fetch(self._select().where(tasks.c.id.in_(ids)).order_by(*self.order))

    async def link_all(self, linked: Iterable[Task]) -> None:
        """Store the labels and people of tasks that were just added."""
        pairs = list(linked)
        labels = [(task.id, "label_id", id) for task in pairs for id in task.label_ids]
        people = [(task.id, "user_id", id) for task in pairs for id in task.assignee_ids]
        for link, rows in ((task_labels, labels), (task_assignees, people)):
            if rows:
                values = [{"board_id": self.board_id, "task_id": task, name: id} for task, name, id in rows]
                await self.connection.execute(insert(link), values)
