"""Teams, who is in them, and the boards they are on."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.board import Role
from board.domain.errors import Conflict, NotFound
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.team import BoardTeam, Team, TeamMember
from board.repository.difference import difference
from board.repository.folding import SortKey
from board.repository.tables import board_teams, team_members, teams, users

TAKEN = msg("There is a team of this name already.")
MEMBER_COUNT = (
    select(func.count())
    .where(team_members.c.team_id == teams.c.id)
    .correlate(teams)
    .scalar_subquery()
    .label("member_count")
)


class SqlTeamRows:
    """Teams, and the people in them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def all(self, user_id: str | None = None) -> list[tuple[Team, int]]:
        """Return every team by name, or those that a person is in, with how many people are in it."""
        query = select(*teams.c, MEMBER_COUNT).order_by(SortKey(teams.c.name), teams.c.id)
        if user_id is not None:
            theirs = select(team_members.c.team_id).where(team_members.c.user_id == user_id)
            query = query.where(teams.c.id.in_(theirs))
        return [_counted(row) for row in (await self.connection.execute(query)).mappings()]

    async def has_member(self, team_id: str, user_id: str) -> bool:
        """Return whether a person is in a team."""
        theirs = (team_members.c.team_id == team_id, team_members.c.user_id == user_id)
        return bool(await self.connection.scalar(select(exists().where(*theirs))))

    async def get(self, team_id: str) -> tuple[Team, int]:
        """Return a team and how many people are in it, or NotFound."""
        query = select(*teams.c, MEMBER_COUNT).where(teams.c.id == team_id)
        row = (await self.connection.execute(query)).mappings().first()
        if row is None:
            raise NotFound("team", team_id)
        return _counted(row)

    async def count(self) -> int:
        """Return how many teams there are."""
        return (await self.connection.execute(select(func.count()).select_from(teams))).scalar_one()

    async def by_name(self, name: str) -> Team | None:
        """Return the team of this name."""
        row = (await self.connection.execute(select(teams).where(teams.c.name == name))).mappings().first()
        return Team(**row) if row else None

    async def lock(self, team_ids: Iterable[str]) -> list[Team]:
        """Return those of the teams that exist, held until the transaction ends, in an order that avoids deadlocks.

        Nobody puts a team on a board meanwhile, for that refers to the team's row: so no board is missed.
        """
        wanted = select(teams).where(teams.c.id.in_(list(team_ids)))
        rows = await self.connection.execute(wanted.order_by(teams.c.id).with_for_update())
        return [Team(**row) for row in rows.mappings()]

    async def add(self, team: Team) -> bool:
        """Store a new team; return False when there is one of its name."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        query = dialect.insert(teams).values(asdict(team)).on_conflict_do_nothing()
        return bool((await self.connection.execute(query)).rowcount)

    async def save(self, before: Team, after: Team) -> None:
        """Store the columns that differ; Conflict when there is another team of its name."""
        if values := difference(before, after):
            try:
                await self.connection.execute(update(teams).where(teams.c.id == after.id).values(values))
            except IntegrityError as error:
                raise Conflict(TAKEN) from error

    async def remove(self, team_id: str) -> None:
        """Delete a team; it goes from its boards by the database's cascade."""
        await self.connection.execute(delete(teams).where(teams.c.id == team_id))

    async def of_user(self, user_id: str) -> list[tuple[Team, str | None]]:
        """Return the teams that a person is in by name, each with the issuer whose groups put them there."""
        query = select(*teams.c, team_members.c.source).join(
            team_members, team_members.c.team_id == teams.c.id
        )
        rows = await self.connection.execute(
            query.where(team_members.c.user_id == user_id).order_by(SortKey(teams.c.name), teams.c.id)
        )
        return [
            (Team(**{column.name: row[column.name] for column in teams.c}), row["source"])
            for row in rows.mappings()
        ]

    async def members(self, team_id: str) -> list[TeamMember]:
        """Return the people in a team by name."""
        query = select_people().where(team_members.c.team_id == team_id)
        rows = await self.connection.execute(query.order_by(SortKey(users.c.name), users.c.id))
        return [TeamMember(**row) for row in rows.mappings()]

    async def add_member(self, team_id: str, user_id: str, source: str | None) -> bool:
        """Put a person in a team; False when they are in it."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        row = {"team_id": team_id, "user_id": user_id, "source": source, "created_at": now()}
        query = dialect.insert(team_members).values(row).on_conflict_do_nothing()
        return bool((await self.connection.execute(query)).rowcount)

    async def remove_member(self, team_id: str, user_id: str) -> bool:
        """Take a person out of a team; False when they were not in it."""
        theirs = (team_members.c.team_id == team_id, team_members.c.user_id == user_id)
        return bool((await self.connection.execute(delete(team_members).where(*theirs))).rowcount)


class SqlBoardTeamRows:
    """The teams of one board."""

    def __init__(self, connection: AsyncConnection, board_id: str) -> None:
        self.connection, self.board_id = connection, board_id

    async def all(self) -> list[BoardTeam]:
        """Return the teams of the board in the order they came."""
        query = self._select().order_by(board_teams.c.created_at, teams.c.id)
        return [_to_board_team(row) for row in (await self.connection.execute(query)).mappings()]

    async def get(self, team_id: str) -> BoardTeam:
        """Return a team of the board, or NotFound."""
        query = self._select().where(teams.c.id == team_id)
        row = (await self.connection.execute(query)).mappings().first()
        if row is None:
            raise NotFound("team", team_id)
        return _to_board_team(row)

    async def put(self, team_id: str, role: Role) -> None:
        """Put a team on the board; Conflict when it is there."""
        row = {"board_id": self.board_id, "team_id": team_id, "role": role.value, "created_at": now()}
        try:
            await self.connection.execute(insert(board_teams).values(row))
        except IntegrityError as error:
            raise Conflict(msg("This team is on the board already, or it was deleted just now.")) from error

    async def set_role(self, team_id: str, role: Role) -> None:
        """Change what the people of a team may do."""
        await self.connection.execute(update(board_teams).where(*self._is(team_id)).values(role=role.value))

    async def remove(self, team_id: str) -> None:
        """Take a team off the board."""
        await self.connection.execute(delete(board_teams).where(*self._is(team_id)))

    def _select(self) -> Select[Any]:
        query = select(
            teams.c.id, teams.c.name, board_teams.c.role, MEMBER_COUNT, board_teams.c.created_at
        ).add_columns(board_teams.c.board_id)
        return query.join(teams, teams.c.id == board_teams.c.team_id).where(
            board_teams.c.board_id == self.board_id
        )

    def _is(self, team_id: str) -> tuple[Any, ...]:
        return (board_teams.c.board_id == self.board_id, board_teams.c.team_id == team_id)


def select_people() -> Select[Any]:
    """Return the columns of people in teams."""
    own = (team_members.c.team_id, team_members.c.user_id, team_members.c.source, team_members.c.created_at)
    return select(users.c.name, users.c.email, *own).join(team_members, team_members.c.user_id == users.c.id)


def _counted(row: Any) -> tuple[Team, int]:
    values = dict(row)
    count = values.pop("member_count")
    return Team(**values), count


def _to_board_team(row: Any) -> BoardTeam:
    return BoardTeam(**{**row, "role": Role(row["role"]).word})
