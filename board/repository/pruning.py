"""Deleting what has been kept long enough."""

from datetime import datetime

from sqlalchemy import Delete, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.ids import now
from board.repository.tables import (
    audit,
    boards,
    events,
    grants,
    imports,
    invitations,
    receipts,
    sessions,
    tokens,
    used_keys,
)
from board.service.ports import Retention


async def prune(connection: AsyncConnection, retention: Retention) -> dict[str, int]:
    """Delete what is beyond its retention, and whatever lets nobody in any more."""
    at, ended = now(), imports.c.status.in_(("done", "failed"))
    statements: dict[str, Delete] = {
        "receipts": delete(receipts).where(receipts.c.created_at < at - retention.receipts),
        "sessions": delete(sessions).where(sessions.c.expires_at < at),
        "tokens": delete(tokens).where(tokens.c.expires_at < at),
        "grants": delete(grants).where(grants.c.expires_at < at),
        "spent": delete(used_keys).where(used_keys.c.expires_at < at),
        "audit": delete(audit).where(audit.c.at < at - retention.audit),
        "invitations": delete(invitations).where(invitations.c.expires_at < at - retention.invitations),
        "imports": delete(imports).where(ended, imports.c.updated_at < at - retention.imports),
    }
    if retention.events is not None:
        statements["events"] = _prune_events(at - retention.events, retention.events_kept)
    return {name: (await connection.execute(statement)).rowcount for name, statement in statements.items()}


def _prune_events(before: datetime, keep: int) -> Delete:
    """Delete events older than a moment, but for each board's newest `keep`.

    What stays is an unbroken end of the log, so that catching up either works or is refused.
    """
    later = events.alias("later")
    first_newer = select(func.min(later.c.seq)).where(
        later.c.board_id == events.c.board_id, later.c.at >= before
    )
    floor = select(boards.c.seq - keep).where(boards.c.id == events.c.board_id)
    newer = first_newer.correlate(events).scalar_subquery()
    return delete(events).where(
        events.c.at < before,
        events.c.seq <= floor.correlate(events).scalar_subquery(),
        (events.c.seq < newer) | newer.is_(None),
    )
