"""The event log, read backwards: one's own history, activity, and what is needed to go back in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain import limits
from board.domain.history import UndoEntry
from board.repository.tables import events, visits
from board.service.ports import Page

UNDO_DEPTH = 500
"""Own events that undo looks back over."""

PAGE_BYTES = 1024 * 1024
"""Bytes of events, old values included, that are read at once for what is not answered as events."""

OVERHEAD_BYTES, BYTES_PER_CHARACTER = 600, 4
"""Bytes of an event beside its changes, and of one character, at most: for events that were stored unmeasured."""


def select_events(board_id: str, after: int, limit: int) -> Select[Any]:
    """Return the events after a seq, oldest first.

    `limit` of them at most, and no more bytes than a page holds, but for a single event that has more.
    """
    page = select(events.c.seq, events.c.seq.label("place"), _size().label("size"))
    page = page.where(events.c.board_id == board_id, events.c.seq > after).order_by(events.c.seq).limit(limit)
    return _select_fitting(page, board_id, limits.PAGE_BYTES)


def _size() -> ColumnElement[int]:
    """Return the bytes of an event in an answer, with the comma."""
    unmeasured = func.length(cast(events.c.changes, Text)) * BYTES_PER_CHARACTER + OVERHEAD_BYTES
    return func.coalesce(events.c.size, unmeasured) + 1


def _size_with_old_values() -> ColumnElement[int]:
    """Return the bytes of an event with its old values."""
    return _size() + func.coalesce(
        events.c.before_size, func.length(cast(events.c.before, Text)) * BYTES_PER_CHARACTER
    )


def _select_fitting(page: Select[Any], board_id: str, most: int) -> Select[Any]:
    """Return the first events of a page that take no more bytes than `most` together; one at least.

    The page has (seq, place, size), in order of their places; `found` is how many. Whatever doesn't fit is measured
    but not read.
    """
    sized = page.subquery()
    so_far = func.sum(sized.c.size).over(order_by=sized.c.place)
    found = func.count().over().label("found")
    running = select(sized.c.seq, sized.c.place, sized.c.size, so_far.label("so_far"), found).subquery()
    fits = (running.c.so_far <= most) | (running.c.so_far == running.c.size)
    joined = select(events, running.c.found).join(running, fits & (events.c.seq == running.c.seq))
    return joined.where(events.c.board_id == board_id).order_by(running.c.place)


class SqlLog:
    """The log of one board."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        self.connection, self.board_id = connection, board_id

    async def own(self, actor_id: str) -> list[UndoEntry]:
        """Return a person's own last events, oldest first."""
        query = select(events.c.seq, events.c.type, events.c.origin)
        query = query.where(events.c.board_id == self.board_id, events.c.actor_id == actor_id)
        rows = (await self.connection.execute(query.order_by(events.c.seq.desc()).limit(UNDO_DEPTH))).all()
        return [UndoEntry(row.seq, row.type, row.origin) for row in reversed(rows)]

    async def get(self, seq: int) -> dict[str, Any] | None:
        """Return one event with its old values, or None when it was pruned."""
        found = await self._fetch(self._select().where(events.c.seq == seq))
        return found[0] if found else None

    async def page(
        self, before: int | None, limit: int, task_id: str | None = None, since: int | None = None
    ) -> Page[dict[str, Any]]:
        """Return events below a seq, the newest first, of one task, after a seq; no more than PAGE_BYTES."""
        query = select(events.c.seq, (-events.c.seq).label("place"), _size_with_old_values().label("size"))
        query = query.where(events.c.board_id == self.board_id).order_by(events.c.seq.desc()).limit(limit + 1)
        if before is not None:
            query = query.where(events.c.seq < before)
        if since is not None:
            query = query.where(events.c.seq > since)
        if task_id is not None:
            query = query.where(events.c.task_id == task_id)
        rows = await self._fetch(_select_fitting(query, self.board_id, PAGE_BYTES))
        shown = rows[:limit]
        return Page(shown, bool(rows) and rows[0]["found"] > len(shown))

    async def seq_at(self, moment: datetime) -> int:
        """Return the board's seq at a moment; 0 before its first event."""
        query = select(func.max(events.c.seq)).where(
            events.c.board_id == self.board_id, events.c.at <= moment
        )
        return await self.connection.scalar(query) or 0

    async def visited(self, user_id: str) -> int | None:
        """Return the seq up to which a person has seen the board, or None when they never opened it."""
        query = select(visits.c.seq).where(visits.c.board_id == self.board_id, visits.c.user_id == user_id)
        return await self.connection.scalar(query)

    async def visit(self, user_id: str, seq: int, at: datetime) -> None:
        """Store that the person has seen the board up to a seq."""
        theirs = (visits.c.board_id == self.board_id, visits.c.user_id == user_id)
        known = await self.connection.execute(update(visits).where(*theirs).values(seq=seq, at=at))
        if not known.rowcount:
            values = {"board_id": self.board_id, "user_id": user_id, "seq": seq, "at": at}
            await self.connection.execute(insert(visits).values(values))

    def _select(self) -> Select[Any]:
        return select(events).where(events.c.board_id == self.board_id)

    async def _fetch(self, query: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in (await self.connection.execute(query)).mappings()]
