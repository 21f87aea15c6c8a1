"""Browsers that are signed in, and personal API tokens."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import Session, Token
from board.domain.errors import NotFound
from board.repository.rows import CHUNK
from board.repository.tables import sessions, tokens, users


class SqlSessionRows:
    """Browsers that are signed in."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, session: Session) -> None:
        """A new sign-in."""
        await self.connection.execute(insert(sessions).values(asdict(session)))

    async def of_user(self, user_id: str, at: datetime) -> list[Session]:
        """A person's sessions that have not expired, the last used first."""
        query = select(sessions).where(sessions.c.user_id == user_id, sessions.c.expires_at > at)
        rows = await self.connection.execute(query.order_by(sessions.c.seen_at.desc(), sessions.c.id))
        return [Session(**row) for row in rows.mappings()]

    async def live(self, ids: Iterable[str], at: datetime) -> set[str]:
        """Those of the ids whose session has not ended, expired, or become a disabled person's."""
        query = select(sessions.c.id).join(users, users.c.id == sessions.c.user_id)
        alive = (sessions.c.expires_at > at, users.c.disabled_at.is_(None))
        return await select_within(self.connection, query.where(*alive), sessions.c.id, list(ids))

    async def touch(self, session_id: str, at: datetime, expires_at: datetime) -> None:
        """The session was used, and lasts until `expires_at`."""
        used = update(sessions).where(sessions.c.id == session_id)
        await self.connection.execute(used.values(seen_at=at, expires_at=expires_at))

    async def remove(self, session_id: str) -> None:
        """End a session."""
        await self.connection.execute(delete(sessions).where(sessions.c.id == session_id))

    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]:
        """End a person's sessions, one excepted; answers their ids."""
        theirs = (sessions.c.user_id == user_id, sessions.c.id != (but or ""))
        ids = list((await self.connection.execute(select(sessions.c.id).where(*theirs))).scalars())
        await self.connection.execute(delete(sessions).where(*theirs))
        return ids

    async def remove_expired(self, user_id: str, at: datetime) -> None:
        """Forget a person's sessions that are over anyway."""
        over = (sessions.c.user_id == user_id, sessions.c.expires_at <= at)
        await self.connection.execute(delete(sessions).where(*over))


class SqlTokenRows:
    """Personal API tokens."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, token: Token) -> None:
        """A new token."""
        await self.connection.execute(insert(tokens).values({**asdict(token), "scopes": list(token.scopes)}))

    async def of_user(self, user_id: str) -> list[Token]:
        """A person's tokens, the newest first."""
        query = select(tokens).where(tokens.c.user_id == user_id).order_by(tokens.c.id.desc())
        rows = (await self.connection.execute(query)).mappings()
        return [Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]

    async def live(self, ids: Iterable[str], at: datetime) -> set[str]:
        """Those of the ids whose token is not revoked, expired, or a disabled person's."""
        query = select(tokens.c.id).join(users, users.c.id == tokens.c.user_id)
        alive = (tokens.c.expires_at > at, users.c.disabled_at.is_(None))
        return await select_within(self.connection, query.where(*alive), tokens.c.id, list(ids))

    async def touch(self, token_id: str, at: datetime) -> None:
        """The token was used."""
        await self.connection.execute(update(tokens).where(tokens.c.id == token_id).values(used_at=at))

    async def remove(self, user_id: str, token_id: str) -> None:
        """Revoke a token of this person, or NotFound."""
        theirs = (tokens.c.id == token_id, tokens.c.user_id == user_id)
        gone = await self.connection.execute(delete(tokens).where(*theirs))
        if not gone.rowcount:
            raise NotFound("token", token_id)


async def select_within(
    connection: AsyncConnection, query: Select[Any], column: ColumnElement[str], ids: Sequence[str]
) -> set[str]:
    """The ids that a query finds, asked for in pieces that fit into one statement."""
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        found |= set(await connection.scalars(query.where(column.in_(ids[start : start + CHUNK]))))
    return found
