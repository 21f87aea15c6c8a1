"""Everything on one board, kind by kind and page by page."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.task import Item
from board.repository.kinds import rows_of
from board.repository.rows import SqlRows
from board.repository.task_rows import SqlTaskRows


class SqlContentRows:
    """What is on one board."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        self.connection, self.board_id = connection, board_id

    async def page(self, kind: str, after: Any | None, limit: int) -> list[Any]:
        """Return things of a kind by what they hang on and by their order there, those after one of them."""
        return await self._rows(kind).page(after, limit)

    async def items(self, checklist_ids: Iterable[str]) -> list[Item]:
        """Return the items of these checklists, in order."""
        return await self._rows("item").children_of_all(checklist_ids)

    def _rows(self, kind: str) -> SqlRows[Any]:
        if kind == "task":
            return SqlTaskRows(self.connection, self.board_id)
        return rows_of(self.connection, self.board_id, kind)
