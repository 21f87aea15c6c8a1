"""Deleting what has been kept long enough."""

from datetime import datetime

from sqlalchemy import Delete, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.ids import now
from board.repository.tables import boards, events, receipts, sessions, tokens
from board.service.ports import Retention


async def tidy(connection: AsyncConnection, retention: Retention) -> dict[str, int]:
    """Delete old receipts, events beyond their retention, and sessions and tokens that have expired."""
    at = now()
    work: dict[str, Delete] = {
        "receipts": delete(receipts).where(receipts.c.created_at < at - retention.receipts),
        "sessions": delete(sessions).where(sessions.c.expires_at < at),
        "tokens": delete(tokens).where(tokens.c.expires_at < at),
    }
    if retention.events is not None:
        work["events"] = _prune(at - retention.events, retention.events_kept)
    return {name: (await connection.execute(statement)).rowcount for name, statement in work.items()}


def _prune(before: datetime, keep: int) -> Delete:
    """Events older than a moment, but for each board's newest `keep`.

    What stays is an unbroken end of the log, so that catching up either works or is refused.
    """
    later = events.alias("later")
    first_young = select(func.min(later.c.seq)).where(
        later.c.board_id == events.c.board_id, later.c.at >= before
    )
    floor = select(boards.c.seq - keep).where(boards.c.id == events.c.board_id)
    young = first_young.correlate(events).scalar_subquery()
    return delete(events).where(
        events.c.at < before,
        events.c.seq <= floor.correlate(events).scalar_subquery(),
        (events.c.seq < young) | young.is_(None),
    )
