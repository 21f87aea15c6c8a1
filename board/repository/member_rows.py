"""The people of a board: those it has itself, and those who come by its teams."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, insert, null, select, union_all, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import color_of
from board.domain.board import Member, Role
from board.domain.errors import Conflict, NotFound
from board.domain.ids import now
from board.domain.messages import msg
from board.repository.tables import Id, board_teams, members, team_members, users


class SqlMemberRows:
    """The people of one board.

    Who comes by a team is found and counted; what is added, changed and removed is what people were given
    themselves.
    """

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        self.connection, self.board_id = connection, board_id

    async def get(self, user_id: str) -> Member:
        """Return the member, or NotFound."""
        member = await self.find(user_id)
        if member is None:
            raise NotFound("member", user_id)
        return member

    async def find(self, user_id: str) -> Member | None:
        """Return the member, or None."""
        asked = {"of_board": self.board_id, "of_user": user_id}
        found = to_members(
            self.board_id, await self.connection.execute(select_membership_rows(one=True), asked)
        )
        return found[0] if found else None

    async def all(self) -> list[Member]:
        """Return everyone on the board, in the order they came."""
        asked = {"of_board": self.board_id}
        return to_members(self.board_id, await self.connection.execute(select_membership_rows(), asked))

    async def count(self, role: Role | None = None) -> int:
        """Return how many are on the board; with a role, how many were given it themselves."""
        if role is None:
            ways = select_membership_rows().subquery()
            query = select(func.count(ways.c.id.distinct())).select_from(ways)
            return (await self.connection.execute(query, {"of_board": self.board_id})).scalar_one()
        theirs = (members.c.board_id == self.board_id, members.c.role == role.value)
        return (
            await self.connection.execute(select(func.count()).select_from(members).where(*theirs))
        ).scalar_one()

    async def add(self, member: Member) -> None:
        """Give somebody a role of their own; Conflict when they have one already."""
        values = {
            "board_id": self.board_id,
            "user_id": member.user_id,
            "role": Role.of(member.role).value,
            "created_at": member.created_at,
        }
        try:
            await self.connection.execute(insert(members).values(values))
        except IntegrityError as error:
            raise Conflict(
                msg("%(member_name)s is on this board already.", member_name=member.name)
            ) from error

    async def set_role(self, user_id: str, role: Role) -> None:
        """Change what a person may do; who has only come by a team gets a role of their own."""
        theirs = (members.c.board_id == self.board_id, members.c.user_id == user_id)
        found = await self.connection.execute(update(members).where(*theirs).values(role=role.value))
        if not found.rowcount:
            row = {"board_id": self.board_id, "user_id": user_id, "role": role.value, "created_at": now()}
            await self.connection.execute(insert(members).values(row))

    async def remove(self, user_id: str) -> None:
        """Take a person's own role away."""
        theirs = (members.c.board_id == self.board_id, members.c.user_id == user_id)
        await self.connection.execute(delete(members).where(*theirs))


@cache
def select_membership_rows(one: bool = False) -> Select[Any]:
    """Return each way in which people are on the board `of_board`: by themselves, and by each of its teams.

    `one`: only the person `of_user`. Built once: building costs more than asking.
    """
    direct = select(
        members.c.user_id,
        members.c.role,
        members.c.created_at,
        members.c.created_at.label("joined_at"),
        null().cast(Id).label("team_id"),
    ).where(members.c.board_id == bindparam("of_board"))
    by_team = (
        select(
            team_members.c.user_id,
            board_teams.c.role,
            board_teams.c.created_at,
            team_members.c.created_at.label("joined_at"),
            board_teams.c.team_id,
        )
        .join(team_members, team_members.c.team_id == board_teams.c.team_id)
        .where(board_teams.c.board_id == bindparam("of_board"))
    )
    if one:
        direct = direct.where(members.c.user_id == bindparam("of_user"))
        by_team = by_team.where(team_members.c.user_id == bindparam("of_user"))
    ways = union_all(direct, by_team).subquery("ways")
    how = (ways.c.role, ways.c.created_at, ways.c.joined_at, ways.c.team_id)
    who = (users.c.id, users.c.name, users.c.email, users.c.avatar_url)
    return select(*who, *how).join(ways, ways.c.user_id == users.c.id)


def to_members(board_id: str, rows: Iterable[Row[Any]]) -> list[Member]:
    """Return the members that rows of `select_membership_rows` tell of, in the order they came."""
    ways: dict[str, list[Row[Any]]] = {}
    for row in rows:
        ways.setdefault(row.id, []).append(row)
    found = [_to_member(board_id, theirs) for theirs in ways.values()]
    return sorted(found, key=lambda member: (member.created_at, member.id))


def _to_member(board_id: str, ways: list[Row[Any]]) -> Member:
    person = ways[0]
    direct = next((way for way in ways if way.team_id is None), None)
    return Member(
        id=person.id,
        user_id=person.id,
        board_id=board_id,
        name=person.name,
        email=person.email,
        role=Role(max(way.role for way in ways)).word,
        color=color_of(person.id),
        avatar_url=person.avatar_url,
        created_at=direct.created_at if direct else min(max(way.created_at, way.joined_at) for way in ways),
        direct_role=Role(direct.role).word if direct else None,
        team_ids=tuple(sorted(way.team_id for way in ways if way.team_id is not None)),
    )
