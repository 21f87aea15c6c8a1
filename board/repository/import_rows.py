"""Imports and how far they are, and what an import has to know of the board it goes to."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.imports import Import
from board.repository.difference import difference
from board.repository.tables import imports, tasks


class SqlImportRows:
    """Rows of the table of imports."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, run: Import) -> None:
        """Store a new import."""
        await self.connection.execute(insert(imports).values(asdict(run)))

    async def save(self, before: Import, after: Import) -> None:
        """Store the columns that differ."""
        if values := difference(before, after):
            await self.connection.execute(update(imports).where(imports.c.id == after.id).values(values))

    async def taken_numbers(self, board_id: str, numbers: Iterable[int]) -> set[int]:
        """Return those of the numbers, few enough for one query, that tasks of the board have."""
        query = select(tasks.c.number).where(tasks.c.board_id == board_id, tasks.c.number.in_(list(numbers)))
        return set((await self.connection.execute(query)).scalars())
