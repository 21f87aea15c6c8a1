"""What people let programs do for them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import Grant
from board.domain.errors import NotFound
from board.repository.tables import grants


class SqlGrantRows:
    """What people let programs do for them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, grant: Grant) -> None:
        """Store a new grant."""
        await self.connection.execute(insert(grants).values({**asdict(grant), "scopes": list(grant.scopes)}))

    async def lock(self, grant_id: str) -> Grant | None:
        """Return the grant as it is now, held as it is until the transaction ends."""
        query = select(grants).where(grants.c.id == grant_id).with_for_update()
        row = (await self.connection.execute(query)).mappings().first()
        return to_grant(row) if row else None

    async def of_user(self, user_id: str) -> list[Grant]:
        """Return a person's grants, the newest first."""
        query = select(grants).where(grants.c.user_id == user_id).order_by(grants.c.id.desc())
        return [to_grant(row) for row in (await self.connection.execute(query)).mappings()]

    async def rotate(self, grant_id: str, secret_hash: str, at: datetime) -> None:
        """Store the hash of another refresh token, which is good from now on."""
        await self._update(grant_id, secret_hash=secret_hash, used_at=at)

    async def remove(self, user_id: str, grant_id: str) -> None:
        """End a grant of this person, or NotFound."""
        theirs = (grants.c.id == grant_id, grants.c.user_id == user_id)
        if not (await self.connection.execute(delete(grants).where(*theirs))).rowcount:
            raise NotFound("grant", grant_id)

    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]:
        """End a person's grants, one excepted; return their ids."""
        gone = delete(grants).where(grants.c.user_id == user_id, grants.c.id != (but or ""))
        return list((await self.connection.execute(gone.returning(grants.c.id))).scalars())

    async def remove_expired(self, user_id: str, at: datetime) -> None:
        """Forget a person's grants that are over anyway."""
        over = (grants.c.user_id == user_id, grants.c.expires_at <= at)
        await self.connection.execute(delete(grants).where(*over))

    async def _update(self, grant_id: str, **values: Any) -> None:
        await self.connection.execute(update(grants).where(grants.c.id == grant_id).values(values))


def to_grant(row: RowMapping) -> Grant:
    """Return a grant of a row of its table."""
    return Grant(**{**row, "scopes": tuple(row["scopes"])})
