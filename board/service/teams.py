"""Teams: list, make, rename, delete; put people in and take them out. Every board with the team hears of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from board.domain import limits
from board.domain.account import Actor, User
from board.domain.audit import AuditType
from board.domain.editing import edited
from board.domain.errors import Conflict, LimitReached, NotFound
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.policy import Action, require_server_role
from board.domain.team import Team, TeamMember
from board.service.members import find_account
from board.service.membership import announcing_membership
from board.service.ports import Command, Reader, Store, Work

TAKEN = msg("There is a team of this name already.")


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team and how many people are in it."""

    id: str
    name: str
    member_count: int
    version: int
    created_at: datetime
    updated_at: datetime


async def list_teams(store: Store, actor: Actor) -> list[TeamView]:
    """Return the teams that the actor is in, by name; an administrator's are all."""
    require_server_role(actor, Action.READ_TEAMS)
    async with store.reading() as read:
        found = await read.teams.all(None if actor.is_admin else actor.id)
        return [_view(team, count) for team, count in found]


async def get_team(store: Store, actor: Actor, team_id: str) -> TeamView:
    """Return one team that the actor is in, or administers; else NotFound."""
    require_server_role(actor, Action.READ_TEAMS)
    async with store.reading() as read:
        return _view(*await find_team(read, actor, team_id))


async def find_team(rows: Reader | Work, actor: Actor, team_id: str) -> tuple[Team, int]:
    """Return a team of `list_teams` and how many people are in it, or NotFound.

    Whoever has a board with a team on it reads the addresses of its people: a stranger who signed up can't have that.
    """
    if not actor.is_admin and not await rows.teams.has_member(team_id, actor.id):
        raise NotFound("team", team_id)
    return await rows.teams.get(team_id)


async def list_people(store: Store, actor: Actor, team_id: str) -> list[TeamMember]:
    """Return the people in a team by name."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.reading() as read:
        await read.teams.get(team_id)
        return await read.teams.members(team_id)


async def create_team(store: Store, actor: Actor, command: Command, name: str) -> TeamView:
    """Create a team with nobody in it; Conflict when its name is taken."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.work(actor, command) as work:
        if await work.teams.count() >= limits.TEAMS:
            raise LimitReached(
                nmsg(
                    "A server has at most %(count)s team.",
                    "A server has at most %(count)s teams.",
                    limits.TEAMS,
                )
            )

        team = _new(name)
        if not await work.teams.add(team):
            raise Conflict(TAKEN)
        await work.log_audit(AuditType.TEAM_CREATED, actor, team=name)

        view = _view(team, 0)
        await work.save_receipt(view)
    return view


async def rename_team(
    store: Store, actor: Actor, command: Command, team_id: str, fields: Mapping[str, Any]
) -> TeamView:
    """Give a team another name, on its boards too."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.work(actor, command) as work, announcing_membership(work, actor, [team_id]):
        before, count = await work.teams.get(team_id)
        work.check_version(before)

        after = edited(before, fields, now())
        await work.teams.save(before, after)
        if after is not before:
            await work.log_audit(AuditType.TEAM_RENAMED, actor, team=after.name, before=before.name)

        view = _view(after, count)
        await work.save_receipt(view)
    return view


async def delete_team(store: Store, actor: Actor, command: Command, team_id: str) -> None:
    """Delete a team; who was on a board only by it loses that board."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.work(actor, command) as work, announcing_membership(work, actor, [team_id]):
        team, _ = await work.teams.get(team_id)
        work.check_version(team)

        await work.teams.remove(team_id)
        await work.log_audit(AuditType.TEAM_DELETED, actor, team=team.name)

        await work.save_receipt(None)


async def add_person(
    store: Store, actor: Actor, command: Command, team_id: str, who: Mapping[str, str | None]
) -> TeamMember:
    """Put a person in a team. `who` holds their email or their user_id."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.work(actor, command) as work:
        await work.teams.lock([team_id])
        team, count = await work.teams.get(team_id)
        user = await find_account(work.users, who)
        if count >= limits.TEAM_MEMBERS:
            raise LimitReached(
                nmsg(
                    "A team has at most %(count)s person.",
                    "A team has at most %(count)s people.",
                    limits.TEAM_MEMBERS,
                )
            )

        if not await join_team(work, actor, team, user=user, source=None):
            raise Conflict(msg("%(user_name)s is in this team already.", user_name=user.name))

        member = await _member(work, team_id, user.id)
        await work.save_receipt(member)
    return member


async def remove_person(store: Store, actor: Actor, command: Command, team_id: str, user_id: str) -> None:
    """Take a person out of a team."""
    require_server_role(actor, Action.MANAGE_TEAMS)
    async with store.work(actor, command) as work:
        team, _ = await work.teams.get(team_id)
        user = await work.users.get(user_id)
        if not await leave_team(work, actor, team, user=user):
            raise NotFound("team member", user_id)

        await work.save_receipt(None)


async def find_or_make_team(work: Work, name: str) -> Team:
    """Return the team of this name, created if need be; several may ask for it at once."""
    team = await work.teams.by_name(name)
    if team is not None:
        return team
    team = _new(name)
    if await work.teams.add(team):
        await work.log_audit(AuditType.TEAM_CREATED, None, team=name)
        return team
    return await work.teams.by_name(name) or team


async def join_team(work: Work, actor: Actor, team: Team, user: User, source: str | None) -> bool:
    """Put a person in a team; False when they are in it. `source` is the issuer whose groups say so, if any did."""
    return bool(await change_teams(work, actor, user, join=[team], source=source))


async def leave_team(work: Work, actor: Actor, team: Team, user: User) -> bool:
    """Take a person out of a team; False when they are not in it."""
    return bool(await change_teams(work, actor, user, leave=[team]))


async def change_teams(
    work: Work,
    actor: Actor,
    user: User,
    join: Iterable[Team] = (),
    leave: Iterable[Team] = (),
    source: str | None = None,
) -> list[Team]:
    """Put a person in some teams and take them out of others: one event a board. Return what changed."""
    coming, going = list(join), list(leave)
    async with announcing_membership(work, actor, [team.id for team in (*coming, *going)]) as known:
        joined = [
            team
            for team in coming
            if team.id in known and await work.teams.add_member(team.id, user.id, source)
        ]
        left = [team for team in going if await work.teams.remove_member(team.id, user.id)]
    for team in joined:
        await work.log_audit(
            AuditType.TEAM_MEMBER_ADDED, actor, user_id=user.id, team=team.name, source=source or ""
        )
    for team in left:
        await work.log_audit(AuditType.TEAM_MEMBER_REMOVED, actor, user_id=user.id, team=team.name)
    return [*joined, *left]


def _new(name: str) -> Team:
    return Team.new(name=name, at=now())


def _view(team: Team, count: int) -> TeamView:
    return TeamView(
        team.id,
        team.name,
        count,
        version=team.version,
        created_at=team.created_at,
        updated_at=team.updated_at,
    )


async def _member(work: Work, team_id: str, user_id: str) -> TeamMember:
    return next(one for one in await work.teams.members(team_id) if one.user_id == user_id)
