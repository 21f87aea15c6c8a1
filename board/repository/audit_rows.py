"""The log of security events, and keys that are good only once."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.audit import AuditEntry, AuditType
from board.repository.tables import audit, boards, used_keys, users


class SqlAuditRows:
    """The log of security events."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, entry: AuditEntry) -> None:
        """Store a new entry."""
        await self.connection.execute(insert(audit).values(asdict(entry)))

    async def page(
        self, before: str | None, limit: int, user_id: str | None = None, type: str | None = None
    ) -> list[AuditEntry]:
        """Return entries, the newest first: before an entry's id, about one person, of one type."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.id < before)
        if user_id is not None:
            query = query.where((audit.c.actor_id == user_id) | (audit.c.user_id == user_id))
        if type is not None:
            query = query.where(audit.c.type == type)
        rows = (await self.connection.execute(query)).mappings()
        return [AuditEntry(**{**row, "type": AuditType(row["type"])}) for row in rows]

    async def names(self, entries: Iterable[AuditEntry]) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the people and the boards are called that entries concern."""
        found = list(entries)
        user_ids = {one.user_id for one in found} - {None}
        board_ids = {one.board_id for one in found} - {None}
        people = select(users.c.id, users.c.name).where(users.c.id.in_(user_ids))
        titles = select(boards.c.id, boards.c.title).where(boards.c.id.in_(board_ids))
        return (
            {row.id: row.name for row in await self.connection.execute(people)},
            {row.id: row.title for row in await self.connection.execute(titles)},
        )


class SqlUsedOnceRows:
    """Keys that were good once."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def mark_used(self, key: str, expires_at: datetime) -> bool:
        """Use a key up; False when it was used before, in a transaction at the same time too."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        query = dialect.insert(used_keys).values(key=key, expires_at=expires_at).on_conflict_do_nothing()
        return bool((await self.connection.execute(query)).rowcount)

    async def until(self, key: str) -> datetime | None:
        """Return the `expires_at` that a key was used up with; None when it was not."""
        found: datetime | None = await self.connection.scalar(
            select(used_keys.c.expires_at).where(used_keys.c.key == key)
        )
        return found
