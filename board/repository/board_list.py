"""The boards a person is on, with their role on each."""

from datetime import datetime

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.board import Board, Role
from board.repository.access import select_access, to_access
from board.repository.pages import choose, size_of
from board.repository.tables import board_teams, boards, members, team_members
from board.service.ports import Page

NEWEST_FIRST = (boards.c.created_at.desc(), boards.c.id.desc())


async def list_boards(connection: AsyncConnection, user_id: str) -> list[tuple[Board, Role]]:
    """Return all boards of a person, the newest first."""
    return await _fetch(connection, user_id, _is_on(user_id))


async def page_boards(
    connection: AsyncConnection, user_id: str, after: tuple[datetime, str] | None, limit: int
) -> Page[tuple[Board, Role]]:
    """Return a page of a person's boards, after the one that was made then and has that id."""
    sized = select(boards.c.id, size_of(boards.c.title, boards.c.description)).where(_is_on(user_id))
    if after is not None:
        moment, id = after
        seen = tuple_(literal(moment, boards.c.created_at.type), literal(id))
        sized = sized.where(tuple_(boards.c.created_at, boards.c.id) < seen)
    ids, more = await choose(connection, sized.order_by(*NEWEST_FIRST), limit)
    return Page(await _fetch(connection, user_id, boards.c.id.in_(ids)), more)


def _is_on(user_id: str) -> ColumnElement[bool]:
    """Return whether a person is on a board, directly or by team."""
    by_team = select(board_teams.c.board_id).join(
        team_members, team_members.c.team_id == board_teams.c.team_id
    )
    direct = select(members.c.board_id).where(members.c.user_id == user_id)
    return boards.c.id.in_(direct) | boards.c.id.in_(by_team.where(team_members.c.user_id == user_id))


async def _fetch(
    connection: AsyncConnection, user_id: str, which: ColumnElement[bool]
) -> list[tuple[Board, Role]]:
    rows = await connection.execute(select_access(user_id).where(which).order_by(*NEWEST_FIRST))
    found = [to_access(row) for row in rows]
    return [(board, role) for board, role in found if role is not None]
