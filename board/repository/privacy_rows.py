"""Everything that is kept about a person, section by section, for them to take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import User
from board.repository.keyset import seek
from board.repository.tables import (
    attachments,
    audit,
    board_teams,
    boards,
    comments,
    consents,
    events,
    grants,
    identities,
    imports,
    invitations,
    members,
    public_links,
    sessions,
    task_assignees,
    tasks,
    team_members,
    teams,
    tokens,
    users,
    visits,
)

ME = bindparam("user_id", type_=users.c.id.type)
EMAIL = bindparam("user_email", type_=users.c.email.type)


@dataclass(frozen=True)
class Section:
    """One list of an export. `key` orders it; `covers` are the columns that tie its rows to a person."""

    query: Select[Any]
    key: tuple[Column[Any], ...]
    covers: tuple[Column[Any], ...]


def _own(table: Any, by: Column[Any], names: str, key: tuple[Column[Any], ...] = ()) -> Section:
    """Return these columns of the rows of a table that are the person's by a column."""
    shown = (table.c[name] for name in names.split())
    return Section(select(*shown).where(by == ME), key or (table.c.id,), (by,))


def _is_me(column: Column[Any]) -> Any:
    return column.is_not(None) & (column == ME)


def _reads(board_id: Column[Any]) -> Any:
    """Return whether the person is on the board now: what others did there since they left is not for them."""
    direct = select(members.c.board_id).where(members.c.user_id == ME)
    by_team = (
        select(board_teams.c.board_id)
        .join(team_members, team_members.c.team_id == board_teams.c.team_id)
        .where(team_members.c.user_id == ME)
    )
    return board_id.in_(direct) | board_id.in_(by_team)


_ASSIGNED = tasks.c.id.in_(select(task_assignees.c.task_id).where(task_assignees.c.user_id == ME))
_TASK = "id board_id number title description start_at due_at completed_at archived_at created_at updated_at"
_TASKS = select(
    *(tasks.c[name] for name in _TASK.split()),
    _is_me(tasks.c.created_by).label("created_by_you"),
    _ASSIGNED.label("assigned_to_you"),
)
_LEFT = select(tasks.c.id, tasks.c.board_id, tasks.c.created_at).where(tasks.c.created_by == ME)
_TEAMS = select(teams.c.id, teams.c.name, team_members.c.source, team_members.c.created_at).join(
    team_members, team_members.c.team_id == teams.c.id
)
_BOARDS = select(boards.c.id, boards.c.title, members.c.role, members.c.created_at).join(
    members, members.c.board_id == boards.c.id
)
_BY_TEAM = (
    select(boards.c.id, boards.c.title, teams.c.name.label("team"), board_teams.c.role)
    .join(board_teams, board_teams.c.board_id == boards.c.id)
    .join(teams, teams.c.id == board_teams.c.team_id)
    .join(team_members, team_members.c.team_id == teams.c.id)
)
_AUDIT = select(
    audit.c.id,
    audit.c.at,
    audit.c.type,
    audit.c.board_id,
    audit.c.address,
    audit.c.request_id,
    audit.c.detail,
    _is_me(audit.c.actor_id).label("by_you"),
    _is_me(audit.c.user_id).label("about_you"),
)
_INVITATION = "id board_id email role created_at expires_at max_uses uses"
_INVITED = select(
    *(invitations.c[name] for name in _INVITATION.split()),
    _is_me(invitations.c.created_by).label("made_by_you"),
)

SECTIONS: Mapping[str, Section] = {
    "identities": _own(
        identities,
        identities.c.user_id,
        "issuer subject email created_at used_at",
        key=(identities.c.issuer, identities.c.subject),
    ),
    "sessions": _own(
        sessions, sessions.c.user_id, "user_agent address created_at seen_at expires_at issuer subject"
    ),
    "tokens": _own(tokens, tokens.c.user_id, "id name scopes created_at expires_at used_at"),
    "grants": _own(grants, grants.c.user_id, "id name scopes created_at expires_at used_at"),
    "consents": _own(consents, consents.c.user_id, "version address at", key=(consents.c.version,)),
    "teams": Section(_TEAMS.where(team_members.c.user_id == ME), (teams.c.id,), (team_members.c.user_id,)),
    "boards": Section(_BOARDS.where(members.c.user_id == ME), (boards.c.id,), (members.c.user_id,)),
    "boards_by_team": Section(
        _BY_TEAM.where(team_members.c.user_id == ME), (boards.c.id, teams.c.id), (team_members.c.user_id,)
    ),
    "tasks": Section(
        _TASKS.where(or_(tasks.c.created_by == ME, _ASSIGNED), _reads(tasks.c.board_id)),
        (tasks.c.id,),
        (tasks.c.created_by, task_assignees.c.user_id),
    ),
    "tasks_on_boards_you_left": Section(
        _LEFT.where(~_reads(tasks.c.board_id)), (tasks.c.id,), (tasks.c.created_by,)
    ),
    "comments": _own(comments, comments.c.author_id, "id board_id task_id body created_at updated_at"),
    "attachments": _own(
        attachments,
        attachments.c.created_by,
        "id board_id task_id name url kind media_type size created_at",
    ),
    "events": _own(
        events,
        events.c.actor_id,
        "board_id seq type at mutation changes",
        key=(events.c.board_id, events.c.seq),
    ),
    "security_log": Section(
        _AUDIT.where(or_(audit.c.actor_id == ME, audit.c.user_id == ME)),
        (audit.c.id,),
        (audit.c.actor_id, audit.c.user_id),
    ),
    "visits": _own(visits, visits.c.user_id, "board_id seq at", key=(visits.c.board_id,)),
    "imports": _own(
        imports,
        imports.c.user_id,
        "id board_id file_name people time_zone status error created_at updated_at",
    ),
    "invitations": Section(
        _INVITED.where(or_(invitations.c.created_by == ME, invitations.c.email == EMAIL)),
        (invitations.c.id,),
        (invitations.c.created_by, invitations.c.email),
    ),
    "public_links": _own(
        public_links, public_links.c.created_by, "board_id created_at", key=(public_links.c.board_id,)
    ),
}


class SqlPersonalRows:
    """Everything that is kept about a person."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the lists, in order."""
        return tuple(SECTIONS)

    async def page(
        self, section: str, user: User, after: tuple[Any, ...] | None, limit: int
    ) -> tuple[list[dict[str, Any]], tuple[Any, ...] | None]:
        """Return rows of one section after a cursor, and the cursor of the next page, None on the last."""
        query, key = SECTIONS[section].query, SECTIONS[section].key
        keys = [column.label(f"key_{place}") for place, column in enumerate(key)]
        query = seek(query.add_columns(*keys), key, after, limit=limit)
        asked = {"user_id": user.id, "user_email": user.email}
        rows = (await self.connection.execute(query, asked)).mappings().all()
        names = [f"key_{place}" for place in range(len(key))]
        cursor = tuple(rows[-1][name] for name in names) if len(rows) == limit else None
        found = [{str(name): value for name, value in row.items() if name not in names} for row in rows]
        return found, cursor
