"""Imports and how far they are."""

from dataclasses import asdict

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.imports import Import
from board.repository.tables import imports


class SqlImportRows:
    """Rows of the table of imports."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, run: Import) -> None:
        """A new import."""
        await self.connection.execute(insert(imports).values(asdict(run)))

    async def save(self, before: Import, after: Import) -> None:
        """Store the columns that differ."""
        old, new = asdict(before), asdict(after)
        values = {name: value for name, value in new.items() if value != old[name]}
        await self.connection.execute(update(imports).where(imports.c.id == after.id).values(values))
