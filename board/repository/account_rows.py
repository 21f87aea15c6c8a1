"""Accounts, and the people of a board."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import User, color_of
from board.domain.board import Member, Role
from board.domain.errors import Conflict, NotFound
from board.repository.difference import difference
from board.repository.tables import members, users

FIRST_ACCOUNT = 0x62_6F_61_72_64
"""The key of the lock under which the first account is made."""


class SqlUserRows:
    """Accounts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def get(self, user_id: str) -> User:
        """The account, or NotFound."""
        return self._found(user_id, await self._first(select(users).where(users.c.id == user_id)))

    async def lock(self, user_id: str) -> User:
        """The account as it is now, held as it is until the transaction ends; or NotFound."""
        query = select(users).where(users.c.id == user_id).with_for_update(key_share=True)
        return self._found(user_id, await self._first(query))

    async def by_email(self, email: str) -> User | None:
        """The account with this address, whatever its case."""
        return await self._first(select(users).where(users.c.email == email.lower()))

    async def count(self) -> int:
        """How many accounts there are."""
        return (await self.connection.execute(select(func.count()).select_from(users))).scalar_one()

    async def exist(self) -> bool:
        """Whether there is any account."""
        return bool(await self.connection.scalar(select(exists(select(users.c.id)))))

    async def claim_first(self) -> bool:
        """Whether there is no account yet. If so, others who ask wait until this transaction ends."""
        if await self.exist():
            return False
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(select(func.pg_advisory_xact_lock(FIRST_ACCOUNT)))
        return not await self.exist()

    async def add(self, user: User) -> None:
        """A new account; Conflict when the address has one."""
        try:
            await self.connection.execute(insert(users).values(asdict(user)))
        except IntegrityError as error:
            raise Conflict("There is an account with this e-mail address already.") from error

    async def save(self, before: User, after: User) -> None:
        """Store the columns that differ."""
        if values := difference(before, after):
            try:
                await self.connection.execute(update(users).where(users.c.id == after.id).values(values))
            except IntegrityError as error:
                raise Conflict("There is an account with this e-mail address already.") from error

    async def _first(self, query: Select[Any]) -> User | None:
        row = (await self.connection.execute(query)).mappings().first()
        return User(**row) if row else None

    def _found(self, user_id: str, user: User | None) -> User:
        if user is None:
            raise NotFound("user", user_id)
        return user


class SqlMemberRows:
    """The people of one board."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        self.connection, self.board_id = connection, board_id

    async def get(self, user_id: str) -> Member:
        """The member, or NotFound."""
        member = await self.find(user_id)
        if member is None:
            raise NotFound("member", user_id)
        return member

    async def find(self, user_id: str) -> Member | None:
        """The member, or None."""
        query = select_members(self.board_id).where(members.c.user_id == user_id)
        row = (await self.connection.execute(query)).first()
        return to_member(row) if row else None

    async def all(self) -> list[Member]:
        """Everyone on the board, in the order they came."""
        return [to_member(row) for row in await self.connection.execute(select_members(self.board_id))]

    async def count(self, role: Role | None = None) -> int:
        """How many are on the board, or have one role there."""
        query = select(func.count()).where(members.c.board_id == self.board_id)
        if role is not None:
            query = query.where(members.c.role == role.value)
        return (await self.connection.execute(query)).scalar_one()

    async def add(self, member: Member) -> None:
        """A new member; Conflict when they are on the board already."""
        values = {
            "board_id": self.board_id,
            "user_id": member.user_id,
            "role": Role.of(member.role).value,
            "created_at": member.created_at,
        }
        try:
            await self.connection.execute(insert(members).values(values))
        except IntegrityError as error:
            raise Conflict(f"{member.name} is on this board already.") from error

    async def set_role(self, user_id: str, role: Role) -> None:
        """Change what a member may do."""
        theirs = (members.c.board_id == self.board_id, members.c.user_id == user_id)
        await self.connection.execute(update(members).where(*theirs).values(role=role.value))

    async def remove(self, user_id: str) -> None:
        """Take a person off the board."""
        theirs = (members.c.board_id == self.board_id, members.c.user_id == user_id)
        await self.connection.execute(delete(members).where(*theirs))


def select_members(board_id: str) -> Select[tuple[object, ...]]:
    """The columns that `to_member` reads, for one board."""
    return (
        select(
            users.c.id, users.c.name, users.c.email, users.c.avatar_url, members.c.role, members.c.created_at
        )
        .join(members, members.c.user_id == users.c.id)
        .add_columns(members.c.board_id)
        .where(members.c.board_id == board_id)
        .order_by(members.c.created_at, users.c.id)
    )


def to_member(row: Row[tuple[object, ...]]) -> Member:
    """A member of a row of `select_members`."""
    user_id = str(row.id)
    return Member(
        id=user_id,
        user_id=user_id,
        board_id=row.board_id,
        name=row.name,
        email=row.email,
        role=Role(row.role).word,
        color=color_of(user_id),
        avatar_url=row.avatar_url,
        created_at=row.created_at,
    )
