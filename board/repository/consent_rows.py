"""Which terms people accepted."""

from dataclasses import asdict

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.consent import Consent
from board.repository.tables import consents


class SqlConsentRows:
    """Which terms people accepted."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, consent: Consent) -> bool:
        """Keep it; False when this version was accepted before, and that stays as it was."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        query = dialect.insert(consents).values(asdict(consent)).on_conflict_do_nothing()
        return bool((await self.connection.execute(query)).rowcount)

    async def exists(self, user_id: str, version: str) -> bool:
        """Return whether the person accepted this version."""
        theirs = select(consents.c.user_id).where(
            consents.c.user_id == user_id, consents.c.version == version
        )
        return bool(await self.connection.scalar(select(exists(theirs))))

    async def of_user(self, user_id: str) -> list[Consent]:
        """Return what a person accepted, the newest first."""
        query = select(consents).where(consents.c.user_id == user_id).order_by(consents.c.at.desc())
        return [Consent(**row) for row in (await self.connection.execute(query)).mappings()]
