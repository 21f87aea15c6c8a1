"""Which board, and what the person may do there: the queries that every use case starts with."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select

from board.domain.board import Board, Role
from board.repository.kinds import KINDS
from board.repository.tables import board_teams, boards, members, team_members


def select_access(user_id: str | BindParameter[str]) -> Select[Any]:
    """Return the board's columns, and the roles the person has on it directly and by team.

    `seen_seq` is the seq in the statement's own view of the database. On PostgreSQL a statement that waited
    for the board's lock gets the board as it is now but the roles as they were when it began; then the two
    seqs differ, and the roles have to be read again.
    """
    seen = boards.alias("seen")
    direct = select(members.c.role).where(members.c.board_id == boards.c.id, members.c.user_id == user_id)
    by_team = (
        select(func.max(board_teams.c.role))
        .join(team_members, team_members.c.team_id == board_teams.c.team_id)
        .where(board_teams.c.board_id == boards.c.id, team_members.c.user_id == user_id)
    )
    return select(
        *boards.c,
        direct.correlate(boards).scalar_subquery().label("direct_role"),
        by_team.correlate(boards).scalar_subquery().label("team_role"),
        select(seen.c.seq)
        .where(seen.c.id == boards.c.id)
        .correlate(boards)
        .scalar_subquery()
        .label("seen_seq"),
    )


@cache
def select_board() -> Select[Any]:
    """Return the access to the board `asked_id` for the person `actor_id`.

    Built once: building costs more than asking.
    """
    return select_access(bindparam("actor_id")).where(boards.c.id == bindparam("asked_id"))


@cache
def select_board_of(kind: str) -> Select[Any]:
    """Return the access to the board that the thing `asked_id` belongs to, for the person `actor_id`."""
    table = KINDS[kind].table
    query = select_access(bindparam("actor_id")).join(table, table.c.board_id == boards.c.id)
    return query.where(table.c.id == bindparam("asked_id"))


@cache
def locking(query: Select[Any], nowait: bool = False) -> Select[Any]:
    """Return the same query, but the board's row is locked until the transaction ends. `nowait`: now, or not at all."""
    return query.with_for_update(of=boards, nowait=nowait)


def to_access(row: Row[Any]) -> tuple[Board, Role | None]:
    """Return a board and the greater of the two roles, of a row of `select_access`."""
    values = {name: value for name, value in row._mapping.items() if name != "seen_seq"}
    roles = [role for role in (values.pop("direct_role"), values.pop("team_role")) if role is not None]
    return Board(**values), Role(max(roles)) if roles else None
