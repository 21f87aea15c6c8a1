"""The teams of a board: list, put on it, change their role, take off."""

from board.domain import limits
from board.domain.account import Actor
from board.domain.audit import AuditType
from board.domain.board import Role
from board.domain.errors import Invalid, LimitReached, NotFound
from board.domain.messages import msg, nmsg
from board.domain.policy import Action, require, require_server_role
from board.domain.team import BoardTeam
from board.service.access import reading_board
from board.service.membership import announce_membership, read_membership
from board.service.ports import Command, Outcome, Store
from board.service.teams import find_team


async def list_board_teams(store: Store, actor: Actor, board_id: str) -> list[BoardTeam]:
    """Return the teams of a board in the order they came."""
    async with reading_board(store, actor, board_id) as access:
        return await access.read.board_teams(board_id)


async def add_team(
    store: Store, actor: Actor, command: Command, board_id: str, team_id: str, role: Role
) -> Outcome[BoardTeam]:
    """Put a team of the actor's on a board: everybody in it has at least this role from now on."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        require_server_role(actor, Action.READ_TEAMS)
        before = await read_membership(unit)
        if len(before.teams) >= limits.BOARD_TEAMS:
            raise LimitReached(
                nmsg(
                    "A board has at most %(count)s team.",
                    "A board has at most %(count)s teams.",
                    limits.BOARD_TEAMS,
                )
            )
        try:
            team, _ = await find_team(unit, actor, team_id)
        except NotFound:
            raise Invalid.field("team_id", msg("You are in no such team.")) from None

        await unit.board_teams.put(team_id, role)
        if await unit.members.count() > max(limits.MEMBERS, len(before.members)):
            raise LimitReached(
                nmsg(
                    "With this team the board would have more than %(count)s member.",
                    "With this team the board would have more than %(count)s members.",
                    limits.MEMBERS,
                )
            )
        await announce_membership(unit, before)
        await unit.log_audit(
            AuditType.BOARD_TEAM_ADDED, actor, board_id=board_id, team=team.name, role=role.word
        )

        return await unit.finish(await unit.board_teams.get(team_id))


async def set_team_role(
    store: Store, actor: Actor, command: Command, board_id: str, team_id: str, role: Role
) -> Outcome[BoardTeam]:
    """Change what the people of a team may do on a board."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        team = await unit.board_teams.get(team_id)

        before = await read_membership(unit)
        await unit.board_teams.set_role(team_id, role)
        await announce_membership(unit, before)
        if team.role != role.word:
            await unit.log_audit(
                AuditType.BOARD_ROLE_CHANGED,
                actor,
                board_id=board_id,
                team=team.name,
                role=role.word,
                before=team.role,
            )

        return await unit.finish(await unit.board_teams.get(team_id))


async def remove_team(
    store: Store, actor: Actor, command: Command, board_id: str, team_id: str
) -> Outcome[None]:
    """Take a team off a board; who is on it by another way stays."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        team = await unit.board_teams.get(team_id)

        before = await read_membership(unit)
        await unit.board_teams.remove(team_id)
        await announce_membership(unit, before)
        await unit.log_audit(AuditType.BOARD_TEAM_REMOVED, actor, board_id=board_id, team=team.name)

        return await unit.finish(None)
