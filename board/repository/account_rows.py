"""Accounts, sessions, tokens, and the people of a board."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import Session, Token, User, color_of
from board.domain.board import Member, Role
from board.domain.errors import Conflict, NotFound
from board.repository.tables import members, sessions, tokens, users


class SqlUserRows:
    """Accounts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def get(self, user_id: str) -> User:
        """The account, or NotFound."""
        row = (await self.connection.execute(select(users).where(users.c.id == user_id))).mappings().first()
        if row is None:
            raise NotFound("user", user_id)
        return User(**row)

    async def by_email(self, email: str) -> User | None:
        """The account with this address, whatever its case."""
        query = select(users).where(users.c.email == email.lower())
        row = (await self.connection.execute(query)).mappings().first()
        return User(**row) if row else None

    async def count(self) -> int:
        """How many accounts there are."""
        return (await self.connection.execute(select(func.count()).select_from(users))).scalar_one()

    async def add(self, user: User) -> None:
        """A new account; Conflict when the address has one."""
        try:
            await self.connection.execute(insert(users).values(asdict(user)))
        except IntegrityError as error:
            raise Conflict("There is an account with this e-mail address already.") from error

    async def save(self, before: User, after: User) -> None:
        """Store the columns that differ."""
        old, new = asdict(before), asdict(after)
        values = {name: value for name, value in new.items() if value != old[name]}
        if values:
            try:
                await self.connection.execute(update(users).where(users.c.id == after.id).values(values))
            except IntegrityError as error:
                raise Conflict("There is an account with this e-mail address already.") from error


class SqlSessionRows:
    """Browsers that are signed in."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, session: Session) -> None:
        """A new sign-in."""
        await self.connection.execute(insert(sessions).values(asdict(session)))

    async def of_user(self, user_id: str) -> list[Session]:
        """A person's sessions, the last used first."""
        query = select(sessions).where(sessions.c.user_id == user_id).order_by(sessions.c.seen_at.desc())
        return [Session(**row) for row in (await self.connection.execute(query)).mappings()]

    async def touch(self, session_id: str, at: datetime) -> None:
        """The session was used."""
        await self.connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=at))

    async def remove(self, session_id: str) -> None:
        """End a session."""
        await self.connection.execute(delete(sessions).where(sessions.c.id == session_id))

    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]:
        """End a person's sessions, one excepted; answers their ids."""
        theirs = (sessions.c.user_id == user_id, sessions.c.id != (but or ""))
        ids = list((await self.connection.execute(select(sessions.c.id).where(*theirs))).scalars())
        await self.connection.execute(delete(sessions).where(*theirs))
        return ids


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

    async def touch(self, token_id: str, at: datetime) -> None:
        """The token was used."""
        await self.connection.execute(update(tokens).where(tokens.c.id == token_id).values(used_at=at))

    async def remove(self, user_id: str, token_id: str) -> None:
        """Revoke a token of this person, or NotFound."""
        theirs = (tokens.c.id == token_id, tokens.c.user_id == user_id)
        gone = await self.connection.execute(delete(tokens).where(*theirs))
        if not gone.rowcount:
            raise NotFound("token", token_id)


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
        select(users.c.id, users.c.name, users.c.email, users.c.avatar_url, members.c.role, members.c.created_at)
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
