"""When sessions, tokens and grants were last used: written together, because a thousand people may come back at once.

Nobody waits for it, and a failure harms nobody: what could not be written is noted again at the next use.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from sqlalchemy import BindParameter, bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.errors import BoardError
from board.repository.tables import grants, sessions, tokens
from board.service.ports import LastUse

log = structlog.get_logger(__name__)

BATCH_SECONDS = 0.1
"""Seconds in which what is used becomes one transaction."""

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]

_ID: BindParameter[Any] = bindparam("used_id")
_AT: BindParameter[Any] = bindparam("used")
_UPDATES = {
    "session": update(sessions)
    .where(sessions.c.id == _ID)
    .values(seen_at=_AT, expires_at=bindparam("until")),
    "token": update(tokens).where(tokens.c.id == _ID).values(used_at=_AT),
    "grant": update(grants).where(grants.c.id == _ID).values(used_at=_AT),
}


class LastUseWriter:
    """What was used and is not written yet. One transaction at a time writes all that came since the last."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._waiting: dict[tuple[str, str], LastUse] = {}
        self._writing: asyncio.Task[None] | None = None

    def add(self, use: LastUse) -> None:
        """Write this down soon."""
        self._waiting[use.kind, use.id] = use
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def drain(self) -> None:
        """Wait until all is written that was noted."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(BATCH_SECONDS)
            batch, self._waiting = self._waiting, {}
            try:
                async with self._begin() as connection:
                    await _write(connection, list(batch.values()))
            except BoardError as error:
                log.warning("uses.not_written", uses=len(batch), error=str(error))


async def _write(connection: AsyncConnection, uses: Sequence[LastUse]) -> None:
    """In one order everywhere, so that two processes don't wait for each other."""
    for kind, update_ in _UPDATES.items():
        same_kind = sorted((use for use in uses if use.kind == kind), key=lambda use: use.id)
        if same_kind:
            await connection.execute(update_, [_values(use) for use in same_kind])


def _values(use: LastUse) -> dict[str, object]:
    expiry = {"until": use.expires_at} if use.kind == "session" else {}
    return {"used_id": use.id, "used": use.at, **expiry}
