"""Members: list, add, change their role, remove, leave.

What is given and taken here is a person's own role; a team may bring them, too, and then the greater role counts.
"""

from collections.abc import Mapping

from board.domain import events, limits
from board.domain.account import Actor, User
from board.domain.audience import hide_addresses
from board.domain.audit import AuditType
from board.domain.board import Member, Role
from board.domain.errors import Conflict, Invalid, LimitReached, NotFound
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.notices import AccessRevoked
from board.domain.policy import Action, require
from board.service.access import reading_board
from board.service.account_rows import UserRows
from board.service.membership import unassign
from board.service.ports import BoardUnit, Command, Outcome, Store


async def list_members(store: Store, actor: Actor, board_id: str) -> list[Member]:
    """Return the people of a board in the order they came, those who come by its teams too."""
    async with reading_board(store, actor, board_id) as access:
        found = await access.read.members(board_id)
        return found if actor.guest_of is None else hide_addresses(found)


async def add_member(
    store: Store, actor: Actor, command: Command, board_id: str, who: Mapping[str, str | None], role: Role
) -> Outcome[Member]:
    """Give a person who has an account a role on the board. `who` holds their email or their user_id."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        user = await find_account(unit.users, who)
        before = await unit.members.find(user.id)
        if before is None and await unit.members.count() >= limits.MEMBERS:
            raise LimitReached(
                nmsg(
                    "A board has at most %(count)s member.",
                    "A board has at most %(count)s members.",
                    limits.MEMBERS,
                )
            )

        await unit.members.add(Member.new(user=user, board_id=board_id, role=role, at=now()))
        after = await unit.members.get(user.id)
        await unit.log_audit(
            AuditType.BOARD_MEMBER_ADDED, actor, user_id=user.id, board_id=board_id, role=role.word
        )

        if before is None:
            return await unit.record(EventType.MEMBER_ADDED, [events.created(after)], after)
        return await unit.record(EventType.MEMBER_UPDATED, [events.changed(before, after)], after)


async def set_role(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str, role: Role
) -> Outcome[Member]:
    """Change what a member may do by themselves; a board keeps at least one owner who is that by themselves."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        before = await unit.members.get(user_id)
        if role is not Role.OWNER:
            await _require_another_owner(unit, before)

        await unit.members.set_role(user_id, role)
        after = await unit.members.get(user_id)
        if before.direct_role != after.direct_role:
            detail = {"role": role.word, "before": before.direct_role or ""}
            await unit.log_audit(
                AuditType.BOARD_ROLE_CHANGED, actor, user_id=user_id, board_id=board_id, **detail
            )

        return await unit.record(EventType.MEMBER_UPDATED, [events.changed(before, after)], after)


async def remove_member(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str
) -> Outcome[None]:
    """Take a person's own role, and them off the board and its tasks in one event, unless a team keeps them.

    Anyone may take themselves off.
    """
    async with store.board(board_id, actor, command) as unit:
        leaving = user_id == actor.id
        require(actor, unit.role, Action.LEAVE if leaving else Action.MANAGE_MEMBERS)
        before = await unit.members.get(user_id)
        await _require_direct_role(unit, before)
        await _require_another_owner(unit, before)

        await unit.members.remove(user_id)
        await unit.log_audit(
            AuditType.BOARD_MEMBER_REMOVED, actor, user_id=user_id, board_id=board_id, left=leaving
        )
        after = await unit.members.find(user_id)
        if after is not None:
            return await unit.record(EventType.MEMBER_UPDATED, [events.changed(before, after)], None)
        unit.announce(AccessRevoked(unit.board.id, user_id, "left" if leaving else "removed"))
        changes = [*await unassign(unit, [user_id]), events.deleted(before)]
        return await unit.record(EventType.MEMBER_REMOVED, changes, None)


async def find_account(users: UserRows, who: Mapping[str, str | None]) -> User:
    """Return the account with an email or a user_id, or Invalid; one that is disabled is none."""
    if email := who.get("email"):
        user = await users.by_email(email)
        if user is None or user.disabled_at:
            raise Invalid.field("email", msg("Nobody has an account with this e-mail address here."))
        return user
    try:
        user = await users.get(who.get("user_id") or "")
    except NotFound:
        user = None
    if user is None or user.disabled_at:
        raise Invalid.field("user_id", msg("There is no such account."))
    return user


async def _require_another_owner(unit: BoardUnit, member: Member) -> None:
    if member.direct_role == Role.OWNER.word and await unit.members.count(Role.OWNER) == 1:
        raise Conflict(
            msg(
                "%(member_name)s is the only owner of this board: make somebody else an owner first.",
                member_name=member.name,
            )
        )


async def _require_direct_role(unit: BoardUnit, member: Member) -> None:
    """Raise Conflict for who has no role of their own: the team has to go, or they out of it."""
    if member.direct_role is None:
        names = [team.name for team in await unit.board_teams.all() if team.id in member.team_ids]
        raise Conflict(
            msg(
                "%(member_name)s is on this board by the team %(names)s: take the team off the board, or "
                "have an administrator take them out of the team.",
                member_name=member.name,
                names=names,
            )
        )
