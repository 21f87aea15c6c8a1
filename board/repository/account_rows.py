"""Accounts."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import User
from board.domain.email import normalize_email
from board.domain.errors import Conflict, NotFound
from board.domain.messages import msg
from board.repository.difference import difference
from board.repository.tables import users

FIRST_ACCOUNT = 0x62_6F_61_72_64
"""The key of the lock under which the first account is made."""


class SqlUserRows:
    """Accounts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def get(self, user_id: str) -> User:
        """Return the account, or NotFound."""
        return self._found(user_id, await self._first(select(users).where(users.c.id == user_id)))

    async def lock(self, user_id: str) -> User:
        """Return the account as it is now, held as it is until the transaction ends; or NotFound."""
        query = select(users).where(users.c.id == user_id).with_for_update(key_share=True)
        return self._found(user_id, await self._first(query))

    async def by_email(self, email: str) -> User | None:
        """Return the account with this address, however it is written."""
        return await self._first(select(users).where(users.c.email == normalize_email(email)))

    async def count(self) -> int:
        """Return how many accounts there are."""
        return (await self.connection.execute(select(func.count()).select_from(users))).scalar_one()

    async def exist(self) -> bool:
        """Return whether there is any account."""
        return bool(await self.connection.scalar(select(exists(select(users.c.id)))))

    async def claim_first(self) -> bool:
        """Return whether there is no account yet. If so, others who ask wait until this transaction ends."""
        if await self.exist():
            return False
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(select(func.pg_advisory_xact_lock(FIRST_ACCOUNT)))
        return not await self.exist()

    async def add(self, user: User) -> None:
        """Store a new account; Conflict when the address has one."""
        try:
            await self.connection.execute(insert(users).values(asdict(user)))
        except IntegrityError as error:
            raise Conflict(msg("There is an account with this e-mail address already.")) from error

    async def save(self, before: User, after: User) -> None:
        """Store the columns that differ."""
        if values := difference(before, after):
            try:
                await self.connection.execute(update(users).where(users.c.id == after.id).values(values))
            except IntegrityError as error:
                raise Conflict(msg("There is an account with this e-mail address already.")) from error

    async def _first(self, query: Select[Any]) -> User | None:
        row = (await self.connection.execute(query)).mappings().first()
        return User(**row) if row else None

    def _found(self, user_id: str, user: User | None) -> User:
        if user is None:
            raise NotFound("user", user_id)
        return user
