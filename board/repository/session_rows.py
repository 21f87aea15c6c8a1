"""Browsers that are signed in, and personal API tokens."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import Session, Token
from board.domain.errors import NotFound
from board.repository.tables import sessions, tokens


class SqlSessionRows:
    """Browsers that are signed in."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, session: Session) -> None:
        """Store a new session."""
        await self.connection.execute(insert(sessions).values(asdict(session)))

    async def of_user(self, user_id: str, at: datetime) -> list[Session]:
        """Return a person's sessions that have not expired, the last used first."""
        query = select(sessions).where(sessions.c.user_id == user_id, sessions.c.expires_at > at)
        rows = await self.connection.execute(query.order_by(sessions.c.seen_at.desc(), sessions.c.id))
        return [Session(**row) for row in rows.mappings()]

    async def rotate(self, session_id: str, new_id: str) -> bool:
        """Give a session another id; False when it is not there, or another request was first."""
        renamed = update(sessions).where(sessions.c.id == session_id).values(id=new_id)
        return bool((await self.connection.execute(renamed)).rowcount)

    async def remove(self, session_id: str) -> None:
        """End a session."""
        await self.connection.execute(delete(sessions).where(sessions.c.id == session_id))

    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]:
        """End a person's sessions, one excepted; return their ids."""
        theirs = (sessions.c.user_id == user_id, sessions.c.id != (but or ""))
        gone = delete(sessions).where(*theirs).returning(sessions.c.id)
        return list((await self.connection.execute(gone)).scalars())

    async def remove_of_identity(
        self, issuer: str, subject: str | None, provider_sid: str | None
    ) -> list[Session]:
        """End the sessions that came from a provider's session, or from all of a subject; return them.

        Of a sign-in that didn't tell its session there, the subject decides.
        """
        theirs = sessions.c.issuer == issuer
        if subject is not None:
            theirs &= sessions.c.subject == subject
        if provider_sid is not None:
            same = sessions.c.provider_sid == provider_sid
            theirs &= (same | sessions.c.provider_sid.is_(None)) if subject is not None else same
        rows = (await self.connection.execute(select(sessions).where(theirs))).mappings()
        found = [Session(**row) for row in rows]
        await self.connection.execute(delete(sessions).where(sessions.c.id.in_([one.id for one in found])))
        return found

    async def remove_expired(self, user_id: str, at: datetime) -> None:
        """Forget a person's sessions that are over anyway."""
        over = (sessions.c.user_id == user_id, sessions.c.expires_at <= at)
        await self.connection.execute(delete(sessions).where(*over))


class SqlTokenRows:
    """Personal API tokens."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, token: Token) -> None:
        """Store a new token."""
        await self.connection.execute(insert(tokens).values({**asdict(token), "scopes": list(token.scopes)}))

    async def of_user(self, user_id: str) -> list[Token]:
        """Return a person's tokens, the newest first."""
        query = select(tokens).where(tokens.c.user_id == user_id).order_by(tokens.c.id.desc())
        rows = (await self.connection.execute(query)).mappings()
        return [Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]

    async def remove(self, user_id: str, token_id: str) -> None:
        """Revoke a token of this person, or NotFound."""
        theirs = (tokens.c.id == token_id, tokens.c.user_id == user_id)
        gone = await self.connection.execute(delete(tokens).where(*theirs))
        if not gone.rowcount:
            raise NotFound("token", token_id)
