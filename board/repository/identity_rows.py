"""Accounts at identity providers, and whose they are here."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import Identity
from board.domain.errors import Conflict
from board.domain.messages import msg
from board.repository.tables import identities, sessions, team_members, users


class SqlIdentityRows:
    """Accounts at identity providers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def find(self, issuer: str, subject: str) -> Identity | None:
        """Return the identity that an issuer calls by this subject, or None."""
        query = select(identities).where(identities.c.issuer == issuer, identities.c.subject == subject)
        row = (await self.connection.execute(query)).mappings().first()
        return Identity(**row) if row else None

    async def of_user(self, user_id: str) -> list[Identity]:
        """Return a person's identities, the oldest first."""
        query = select(identities).where(identities.c.user_id == user_id)
        rows = await self.connection.execute(query.order_by(identities.c.created_at, identities.c.issuer))
        return [Identity(**row) for row in rows.mappings()]

    async def of_users(self, user_ids: Collection[str]) -> list[Identity]:
        """Return the identities of several people, the oldest first."""
        query = select(identities).where(identities.c.user_id.in_(user_ids))
        rows = await self.connection.execute(query.order_by(identities.c.created_at, identities.c.issuer))
        return [Identity(**row) for row in rows.mappings()]

    async def of_issuer(self, issuer: str) -> list[Identity]:
        """Return everybody's identities there, held as they are until the transaction ends."""
        query = select(identities).where(identities.c.issuer == issuer).order_by(identities.c.subject)
        rows = await self.connection.execute(query.with_for_update())
        return [Identity(**row) for row in rows.mappings()]

    async def issuers(self) -> dict[str, int]:
        """Return every issuer that somebody is linked to, and how many are."""
        query = select(identities.c.issuer, func.count()).group_by(identities.c.issuer)
        rows = await self.connection.execute(query.order_by(identities.c.issuer))
        return {row[0]: row[1] for row in rows}

    async def move(self, old: str, new: str) -> int:
        """Put everything that comes from one issuer under another; return how many sessions.

        Their id_tokens go: no other issuer takes them as a hint of whom to sign out.
        """
        for column in (identities.c.issuer, team_members.c.source, users.c.admin_by):
            moved = update(column.table).where(column == old).values({column.name: new})
            await self.connection.execute(moved)
        theirs = update(sessions).where(sessions.c.issuer == old).values(issuer=new, id_token=None)
        return (await self.connection.execute(theirs)).rowcount

    async def add(self, identity: Identity) -> None:
        """Store a new identity; Conflict when it is somebody's already."""
        try:
            await self.connection.execute(insert(identities).values(asdict(identity)))
        except IntegrityError as error:
            raise Conflict(msg("This sign-in was linked to an account just now.")) from error

    async def touch(self, identity: Identity, email: str | None, at: datetime) -> None:
        """Store that the identity was used, and its address there."""
        query = update(identities).where(
            identities.c.issuer == identity.issuer, identities.c.subject == identity.subject
        )
        await self.connection.execute(query.values(email=email, used_at=at))

    async def remove(self, identity: Identity) -> None:
        """Forget an identity."""
        query = delete(identities).where(
            identities.c.issuer == identity.issuer, identities.c.subject == identity.subject
        )
        await self.connection.execute(query)

    async def end_sessions(self, identity: Identity, but: str | None) -> list[str]:
        """End the sessions that an identity began, one excepted; return their ids."""
        theirs = (
            sessions.c.issuer == identity.issuer,
            sessions.c.subject == identity.subject,
            sessions.c.user_id == identity.user_id,
            sessions.c.id != (but or ""),
        )
        ids = list((await self.connection.execute(select(sessions.c.id).where(*theirs))).scalars())
        await self.connection.execute(delete(sessions).where(sessions.c.id.in_(ids)))
        return ids

    async def has_other_admin(self, user_id: str) -> bool:
        """Return whether somebody else is an administrator who can sign in with a password.

        Held until the transaction ends. One who is being changed by another transaction doesn't count: of two
        administrators who lose the right at the same moment, nobody relies on the other.
        """
        query = select(users.c.id).where(
            users.c.id != user_id,
            users.c.is_admin,
            users.c.password_hash.is_not(None),
            users.c.disabled_at.is_(None),
        )
        held = query.limit(1).with_for_update(skip_locked=True)
        return (await self.connection.execute(held)).first() is not None
